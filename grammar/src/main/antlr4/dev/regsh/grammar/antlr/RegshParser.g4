// SPDX-License-Identifier: Apache-2.0
parser grammar RegshParser;

options { tokenVocab = RegshLexer; }

@members {
/** Counters of rules are values here: in scripts' statements, never in a rule. */
public boolean counters;
}

statement
    : rule_ EOF
    | EXPECT expression EOF
    | SLEEP duration EOF
    | WAIT (duration | ruleName=name counter=NAME number) EOF
    | LET name ASSIGN expression EOF
    | ONERROR name EOF
    ;

rule_: DRY? (ON | AFTER) PROBE_TEXT clause*;

// What a clause is, by the token that begins it, is ClauseKind.
clause
    : WHEN expression
    | PID number (COMMA number)*
    | TID number
    | UID number
    | COMM STRING
    | CGROUP_PATH
    | CALLER_FUNCTION
    | SKIP_HITS number
    | EVERY number
    | LIMIT number
    | CHANCE percent PERCENT
    | FOR duration
    | SET assignment (COMMA? assignment)*
    | RET ASSIGN expression
    | GOTO_FUNCTION
    | WRITE postfix ASSIGN expression
    | SIGNAL name
    | LOG (expression (COMMA expression)*)??
    | AS name
    | FORCE
    ;

assignment: target ASSIGN expression;

target: name | PARAMETER;

number: NUMBER | VARIABLE;

percent: NUMBER | DECIMAL | VARIABLE;

duration: DURATION | VARIABLE;

expression
    : postfix                                                                  # operandExpression
    | operator=(MINUS | PLUS | BANG | TILDE) expression                        # unaryExpression
    | LPAREN INT_TYPE RPAREN expression                                        # castExpression
    | expression operator=(STAR | SLASH | PERCENT) expression                  # binaryExpression
    | expression operator=(PLUS | MINUS) expression                            # binaryExpression
    | expression operator=(SHL | SHR) expression                               # binaryExpression
    | expression operator=(LT | LE | GT | GE) expression                       # binaryExpression
    | expression operator=(EQ | NE | TILDE) expression                         # binaryExpression
    | expression operator=AMP expression                                       # binaryExpression
    | expression operator=CARET expression                                     # binaryExpression
    | expression operator=PIPE expression                                      # binaryExpression
    | expression operator=ANDAND expression                                    # binaryExpression
    | expression operator=OROR expression                                      # binaryExpression
    | <assoc=right> expression QUESTION expression COLON expression            # conditionalExpression
    ;

postfix
    : primary                                   # primaryPostfix
    | postfix operator=(ARROW | DOT) field      # fieldPostfix
    | postfix LBRACKET expression RBRACKET      # indexPostfix
    ;

primary
    : NUMBER                                            # numberPrimary
    | STRING                                            # textPrimary
    | VARIABLE                                          # variablePrimary
    | PARAMETER                                         # parameterPrimary
    | USER? INT_TYPE LBRACKET expression RBRACKET       # memoryPrimary
    | USER? STR LPAREN expression RPAREN                # strPrimary
    | {counters}? counter=NAME ruleName=name            # counterPrimary
    | name                                              # namePrimary
    | LPAREN expression RPAREN                          # nestedPrimary
    ;

field: NAME;

// Clause words are names wherever a clause cannot start.
name
    : NAME | PID | TID | UID | COMM | SKIP_HITS | EVERY | LIMIT | CHANCE | FOR | SET | RET | WRITE | SIGNAL | LOG | AS
    | FORCE | USER | STR | WHEN
    ;
