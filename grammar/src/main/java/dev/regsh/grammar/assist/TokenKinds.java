// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.assist;

import dev.regsh.base.errno.Errno;
import dev.regsh.grammar.antlr.RegshLexer;
import dev.regsh.grammar.assist.Highlight.Kind;
import dev.regsh.grammar.clause.ClauseKind;
import dev.regsh.grammar.token.Slot;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** What the tokens of a statement are, by type and what stands round them: a clause word after an operator is a name. */
final class TokenKinds {
    private final List<Token> tokens;
    private final Kind[] kinds;

    private TokenKinds(List<Token> tokens) {
        this.tokens = tokens;
        this.kinds = new Kind[tokens.size()];
    }

    /** One kind a token. */
    static Kind[] of(List<Token> tokens) {
        TokenKinds of = new TokenKinds(tokens);
        for (int i = 0; i < of.kinds.length; i++) {
            of.kinds[i] = of.kind(i);
        }
        return of.kinds;
    }

    private Kind kind(int at) {
        int type = type(at);
        if (ClauseKind.of(type).isPresent()) {
            return beginsClause(at) ? Kind.CLAUSE : Kind.NAME;
        }
        return switch (type) {
            case RegshLexer.DRY, RegshLexer.ON, RegshLexer.AFTER, RegshLexer.EXPECT, RegshLexer.SLEEP, RegshLexer.WAIT,
                    RegshLexer.LET, RegshLexer.ONERROR ->
                Kind.STATEMENT;
            case RegshLexer.PROBE_TEXT -> Kind.PROBE;
            case RegshLexer.NAME -> at > 0 && kinds[at - 1] == Kind.ERRNO ? Kind.ERRNO : Kind.NAME;
            case RegshLexer.PARAMETER -> Kind.NAME;
            case RegshLexer.INT_TYPE -> Kind.TYPE;
            case RegshLexer.USER, RegshLexer.STR ->
                type(at + 1) == RegshLexer.LPAREN || type(at + 1) == RegshLexer.INT_TYPE
                        || type(at + 1) == RegshLexer.STR ? Kind.TYPE : Kind.NAME;
            case RegshLexer.NUMBER, RegshLexer.DECIMAL, RegshLexer.DURATION -> Kind.NUMBER;
            case RegshLexer.STRING -> Kind.STRING;
            case RegshLexer.VARIABLE -> Kind.VARIABLE;
            case RegshLexer.BAD_NUMBER, RegshLexer.OTHER, RegshLexer.OTHER_PROBE, RegshLexer.OTHER_START -> Kind.WRONG;
            case RegshLexer.MINUS -> beginsErrno(at) ? Kind.ERRNO : Kind.OPERATOR;
            default -> Kind.OPERATOR;
        };
    }

    private boolean beginsClause(int at) {
        int before = type(at - 1);
        if (type(0) >= RegshLexer.EXPECT && type(0) <= RegshLexer.ONERROR) {
            return false;
        } else if (type(at + 1) == RegshLexer.ASSIGN) {
            return type(at) == RegshLexer.RET;
        } else if (before == RegshLexer.LOG && kinds[at - 1] == Kind.CLAUSE) {
            return switch (type(at + 1)) {
                case RegshLexer.NUMBER, RegshLexer.STRING, RegshLexer.DURATION, RegshLexer.NAME, RegshLexer.USER -> true;
                default -> isWhole(type(at));
            };
        }
        return switch (before) {
            case RegshLexer.PERCENT -> type(at - 3) == RegshLexer.CHANCE;
            case RegshLexer.PROBE_TEXT, RegshLexer.DURATION, RegshLexer.DECIMAL -> true;
            default -> isWhole(before) || endsOperand(at - 1);
        };
    }

    /** The token is a clause from its word to its end. */
    private static boolean isWhole(int type) {
        return ClauseKind.of(type).filter(kind -> kind.isOneToken() || kind.operand() == Slot.CLAUSE).isPresent();
    }

    private boolean beginsErrno(int minus) {
        return type(minus + 1) == RegshLexer.NAME && !endsOperand(minus - 1)
                && Errno.number(tokens.get(minus + 1).getText()).isPresent();
    }

    /** Behind an operand a minus subtracts, and a clause may begin. */
    private boolean endsOperand(int at) {
        return switch (type(at)) {
            case RegshLexer.NUMBER, RegshLexer.STRING, RegshLexer.PARAMETER, RegshLexer.VARIABLE, RegshLexer.RPAREN,
                    RegshLexer.RBRACKET, RegshLexer.BAD_NUMBER ->
                true;
            default -> at >= 0 && at < kinds.length && (kinds[at] == Kind.NAME || (kinds[at] == Kind.ERRNO
                    && type(at) == RegshLexer.NAME));
        };
    }

    private int type(int at) {
        return at < 0 || at >= tokens.size() ? Token.INVALID_TYPE : tokens.get(at).getType();
    }
}
