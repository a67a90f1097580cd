// SPDX-License-Identifier: Apache-2.0
// One statement of the language. The first word says how the rest is read: a rule's probe is one token, so that a path,
// a glob or a dotted function name never meets the operators of expressions.
lexer grammar RegshLexer;

WS_START: SPACE -> skip;
DRY: 'dry';
ON: 'on' -> mode(PROBE);
AFTER: 'after' -> mode(PROBE);
EXPECT: 'expect' -> mode(CLAUSES);
SLEEP: 'sleep' -> mode(CLAUSES);
WAIT: 'wait' -> mode(CLAUSES);
LET: 'let' -> mode(CLAUSES);
ONERROR: 'onerror' -> mode(CLAUSES);
OTHER_START: [A-Za-z0-9_]+ | .;

mode PROBE;
WS_PROBE: SPACE -> skip;
PROBE_TEXT: ('"' (~["\\\r\n] | '\\' .)* '"' | ~["; \t\r\n#])+ -> mode(CLAUSES);
OTHER_PROBE: .;

mode CLAUSES;
WS: SPACE -> skip;
COMMENT: '#' ~[\r\n]* -> skip;

WHEN: 'when';
PID: 'pid';
TID: 'tid';
UID: 'uid';
COMM: 'comm';
SKIP_HITS: 'skip';
EVERY: 'every';
LIMIT: 'limit';
CHANCE: 'chance';
FOR: 'for';
SET: 'set';
RET: 'ret';
WRITE: 'write';
SIGNAL: 'signal';
LOG: 'log';
AS: 'as';
FORCE: 'force';
USER: 'user';
STR: 'str';
// The operand is part of the token: it follows rules of its own, not those of expressions.
CGROUP_PATH: 'cgroup' SPACE ('/' ~[ \t\r\n;#"]* | STRING_TEXT);
CALLER_FUNCTION: 'caller' SPACE FUNCTION_TEXT;
GOTO_FUNCTION: 'goto' SPACE FUNCTION_TEXT;
INT_TYPE: [us] ('8' | '16' | '32' | '64');
PARAMETER: '$' NAME_TEXT;
VARIABLE: VARIABLE_TEXT;
NAME: NAME_TEXT;
STRING: STRING_TEXT;
DURATION: DIGIT+ ('ns' | 'us' | 'ms' | 's' | 'm' | 'h');
DECIMAL: DIGIT+ '.' DIGIT+;
NUMBER: ('0' [xX] [0-9a-fA-F_]+ | '0' [bB] [01_]+ | DIGIT (DIGIT | '_')*) [KMG]?;
// A digit run into letters is one mistake, not two tokens.
BAD_NUMBER: DIGIT [A-Za-z0-9_]+;

ARROW: '->' -> pushMode(FIELD);
DOT: '.' -> pushMode(FIELD);
LPAREN: '(';
RPAREN: ')';
LBRACKET: '[';
RBRACKET: ']';
COMMA: ',';
QUESTION: '?';
COLON: ':';
EQ: '==';
NE: '!=';
LE: '<=';
GE: '>=';
SHL: '<<';
SHR: '>>';
ANDAND: '&&';
OROR: '||';
ASSIGN: '=';
LT: '<';
GT: '>';
PLUS: '+';
MINUS: '-';
STAR: '*';
SLASH: '/';
PERCENT: '%';
AMP: '&';
PIPE: '|';
CARET: '^';
TILDE: '~';
BANG: '!';
OTHER: .;

// A field may be called like a word of the language.
mode FIELD;
WS_FIELD: SPACE -> skip;
FIELD_NAME: NAME_TEXT -> type(NAME), popMode;
OTHER_FIELD: . -> type(OTHER), popMode;

fragment SPACE: ([ \t\r\n\f] | '\\' '\r'? '\n')+;
fragment DIGIT: [0-9];
fragment NAME_TEXT: [A-Za-z_] [A-Za-z0-9_]*;
fragment FUNCTION_TEXT: ([A-Za-z_] | VARIABLE_TEXT) ([A-Za-z0-9_.:-] | VARIABLE_TEXT)* ('@' [0-9A-Za-z]+)?;
fragment VARIABLE_TEXT: '${' [A-Za-z0-9_]+ '}';
fragment STRING_TEXT: '"' (~["\\\r\n] | '\\' .)* '"';
