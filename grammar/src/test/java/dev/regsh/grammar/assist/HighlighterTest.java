// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HighlighterTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "on vfs_read set rdi=1 | statement:on probe:vfs_read clause:set name:rdi operator:= number:1",
        "dry after a:b+4 ret=-EIO | statement:dry statement:after probe:a:b+4 clause:ret operator:= errno:- errno:EIO",
        "on f set a=b -EIO | statement:on probe:f clause:set name:a operator:= name:b operator:- name:EIO",
        "on f set limit=limit limit 3 | statement:on probe:f clause:set name:limit operator:= name:limit clause:limit number:3",
        "on f log limit 3 | statement:on probe:f clause:log clause:limit number:3",
        "on f log pid, comm | statement:on probe:f clause:log name:pid operator:, name:comm",
        "on f when pid == 1 pid 2 | statement:on probe:f clause:when name:pid operator:== number:1 clause:pid number:2",
        "on f chance 10% limit 3 | statement:on probe:f clause:chance number:10 operator:% clause:limit number:3",
        "on f set a=b % limit | statement:on probe:f clause:set name:a operator:= name:b operator:% name:limit",
        "on f goto  m:g | statement:on probe:f clause:goto probe:m:g",
        "on f cgroup /a comm `x` | statement:on probe:f clause:cgroup string:/a clause:comm string:`x`",
        "on f write user u32[a]=${1} | statement:on probe:f clause:write type:user type:u32 operator:[ name:a operator:]"
                + " operator:= variable:${1}",
        "on f set a=12x | statement:on probe:f clause:set name:a operator:= wrong:12x",
        "on f when comm == `abc | statement:on probe:f clause:when name:comm operator:== string:`abc",
        "on f ret=0 # why | statement:on probe:f clause:ret operator:= number:0 comment:# why",
        "list all; ! ls | command:list shell:! ls",
        "plan on f ret=1 | command:plan statement:on probe:f clause:ret operator:= number:1",
        "expect hits limit == 1 | statement:expect name:hits name:limit operator:== number:1",
        "on  | statement:on",
    })
    void marksEachPart(String text, String expected) {
        String quoted = text.replace('`', '"');
        assertEquals(expected.replace('`', '"'), Highlighter.of(quoted).stream()
                .map(h -> h.kind().name().toLowerCase(Locale.ROOT) + ":" + quoted.substring(h.start(), h.end()))
                .collect(Collectors.joining(" ")));
    }

    @Test
    void countsCharactersNotCodePoints() {
        String text = "on f when comm == \"\ud83d\ude00\" ret=1";
        Highlight last = Highlighter.of(text).get(Highlighter.of(text).size() - 1);
        assertEquals(new Highlight(text.length() - 1, text.length(), Highlight.Kind.NUMBER), last);
    }

    @Test
    void underlinesOnlyWhatCannotBecomeRight() {
        for (String unfinished : List.of("on f set rdi=", "on f lim", "on f set a=1 b", "on", "on f ret=(1", "list \"a")) {
            assertTrue(Highlighter.wrong(unfinished, Map.of()).isEmpty(), unfinished);
        }
        assertEquals(13, Highlighter.wrong("on f set rdi==1 limit 3", Map.of()).orElseThrow().column());
        assertEquals(6, Highlighter.wrong("on f foo bar baz", Map.of()).orElseThrow().column());
    }
}
