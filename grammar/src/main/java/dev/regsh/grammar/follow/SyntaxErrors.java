// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.follow;

import static java.util.Map.entry;

import dev.regsh.base.text.Nearest;
import dev.regsh.base.text.Quoted;
import dev.regsh.grammar.antlr.RegshParser;
import dev.regsh.grammar.clause.ClauseKind;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.token.Locations;
import dev.regsh.grammar.token.Slot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;

/** Says of a statement that does not parse where it goes wrong and, in words, what could have stood there. */
public final class SyntaxErrors {
    /** What other languages call it. */
    private static final Map<String, String> HERE = Map.ofEntries(entry("if", "when"), entry("where", "when"),
            entry("return", "ret="), entry("print", "log"), entry("printf", "log"), entry("and", "&&"), entry("or", "||"),
            entry("count", "limit"), entry("times", "limit"), entry("probability", "chance"), entry("prob", "chance"),
            entry("percent", "chance"), entry("name", "comm"), entry("process", "comm"), entry("user", "uid"));
    /** What C calls the integer types of this language. */
    private static final Map<String, String> C_TYPES = Map.ofEntries(entry("char", "s8"), entry("bool", "u8"),
            entry("_Bool", "u8"), entry("short", "s16"), entry("int", "s32"), entry("signed", "s32"), entry("unsigned", "u32"),
            entry("long", "s64"), entry("ssize_t", "s64"), entry("size_t", "u64"), entry("uint8_t", "u8"),
            entry("uint16_t", "u16"), entry("uint32_t", "u32"), entry("uint64_t", "u64"), entry("int8_t", "s8"),
            entry("int16_t", "s16"), entry("int32_t", "s32"), entry("int64_t", "s64"));

    private SyntaxErrors() {}

    /** @param tokens of a statement the grammar refuses, with {@code EOF} as the last */
    public static Diagnostic explain(List<Token> tokens, Locations locations) {
        int wrong = Math.min(Readings.firstWrong(tokens), tokens.size() - 1);
        Token token = tokens.get(wrong);
        // A mistyped clause word reads as one more name; what comes after it is then what does not fit.
        for (int index = wrong; index > 0 && index >= wrong - 1; index--) {
            Token name = tokens.get(index);
            Follow follow = Follow.at(tokens, index);
            List<String> meant = name.getType() != RegshParser.NAME ? List.of()
                    : Nearest.of(name.getText(), words(follow), 1);
            if (!meant.isEmpty()) {
                return new Diagnostic(locations.span(name), "unexpected " + Quoted.of(name.getText()),
                        "did you mean " + meant.get(0) + "?");
            }
        }
        Follow follow = Follow.at(tokens, wrong);
        Token before = tokens.get(Math.max(0, wrong - 1));
        Optional<ClauseKind> lacking = follow.lacksOperand(token);
        if (before.getType() == RegshParser.PROBE_TEXT && ClauseKind.named(before.getText()).isPresent()) {
            return new Diagnostic(locations.span(before), "no function before " + Quoted.of(before.getText()),
                    "write on FUNCTION " + before.getText() + " ...");
        } else if (lacking.isPresent()) {
            Token operand = tokens.get(wrong + 1);
            return new Diagnostic(locations.span(operand), found(operand),
                    "expected " + lacking.get().operand().words());
        } else if (token.getType() == RegshParser.ASSIGN && follow.slots().contains(Slot.OPERATOR)) {
            return new Diagnostic(locations.span(token), "an assignment inside an expression", "to compare, write ==");
        } else if (token.getText().equals("\"")) {
            return new Diagnostic(locations.span(token), "this quote is not closed");
        }
        return new Diagnostic(locations.span(token), found(token), hint(tokens, wrong, follow));
    }

    private static String hint(List<Token> tokens, int wrong, Follow follow) {
        String text = tokens.get(wrong).getText();
        boolean clause = follow.slots().contains(Slot.CLAUSE);
        if (text.equals("'")) {
            return "a string stands in double quotes";
        } else if (clause && HERE.containsKey(text)) {
            return "did you mean " + HERE.get(text) + "?";
        } else if (clause && wrong + 1 < tokens.size() && tokens.get(wrong + 1).getType() == RegshParser.ASSIGN) {
            return "to change it: set " + text + "=VALUE";
        } else if (inTarget(tokens, wrong)) {
            String place = tokens.subList(wrong - 1, tokens.size()).stream()
                    .takeWhile(each -> each.getType() != RegshParser.ASSIGN && each.getType() != Token.EOF)
                    .map(Token::getText).collect(Collectors.joining());
            return "set changes registers and parameters, write changes memory: write " + place + "=VALUE";
        }
        String cast = cast(tokens, wrong);
        return cast.isEmpty() ? expected(follow) : cast;
    }

    /** {@code set a->b} and {@code set a[0]}. */
    private static boolean inTarget(List<Token> tokens, int wrong) {
        int type = tokens.get(wrong).getType();
        if ((type != RegshParser.ARROW && type != RegshParser.DOT && type != RegshParser.LBRACKET) || wrong < 2) {
            return false;
        }
        int before = tokens.get(wrong - 2).getType();
        return before == RegshParser.SET || before == RegshParser.COMMA
                || Follow.at(tokens, wrong).symbols().contains("=");
    }

    /** {@code (int)x}, {@code (unsigned int)x}, {@code (struct foo *)x}: an opening bracket and names before what is wrong. */
    private static String cast(List<Token> tokens, int wrong) {
        int open = wrong - 1;
        if (open > 0 && tokens.get(open).getType() == RegshParser.RPAREN) {
            open--;
        }
        while (open > 0 && (tokens.get(open).getType() == RegshParser.NAME || tokens.get(open).getType() == RegshParser.STAR)) {
            open--;
        }
        if (open >= wrong - 1 || tokens.get(open).getType() != RegshParser.LPAREN) {
            return "";
        }
        String first = tokens.get(open + 1).getText();
        if (first.equals("struct") || first.equals("union") || first.equals("void")) {
            return "there are no casts to pointers: fields follow the types of parameters, other memory is read by address:"
                    + " u32[ADDRESS+8]";
        }
        String size = first.equals("unsigned") ? C_TYPES.getOrDefault(tokens.get(open + 2).getText(), "u32").replace('s', 'u')
                : C_TYPES.get(first);
        return size == null ? "" : "a cast names a size: (" + size + ")VALUE";
    }

    private static List<String> words(Follow follow) {
        return follow.keywords().stream().map(word -> word.replaceAll("[=(\\[]$", "")).toList();
    }

    private static String found(Token token) {
        return switch (token.getType()) {
            case Token.EOF -> "the statement ends here";
            case RegshParser.BAD_NUMBER -> Quoted.of(token.getText()) + " is not a number";
            default -> "unexpected " + Quoted.of(token.getText());
        };
    }

    private static String expected(Follow follow) {
        boolean value = follow.slots().contains(Slot.VALUE);
        Stream<String> slots = follow.slots().stream().filter(slot -> slot != Slot.ERRNO).map(Slot::words);
        Stream<String> signs = Stream.concat(follow.symbols().stream(),
                value || follow.slots().contains(Slot.CLAUSE) ? Stream.empty() : follow.keywords().stream())
                .map(sign -> "'" + sign + "'");
        String words = Stream.concat(slots, signs).collect(Collectors.joining(" or "));
        return words.isEmpty() ? "nothing more belongs to this statement" : "expected " + words;
    }
}
