// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.grammar.clause.CallerClause;
import dev.regsh.grammar.clause.ChanceClause;
import dev.regsh.grammar.clause.ForClause;
import dev.regsh.grammar.clause.LimitClause;
import dev.regsh.grammar.clause.LogClause;
import dev.regsh.grammar.clause.RetClause;
import dev.regsh.grammar.clause.SetClause;
import dev.regsh.grammar.clause.SignalClause;
import dev.regsh.grammar.clause.WhenClause;
import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.probe.Probe;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.source.Span;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.grammar.statement.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParserTest {
    private static List<Statement> parse(String text) {
        return Parser.parse(new Source("test.rsh", text), Map.of("1", "42", "name", "open_ctree"));
    }

    private static Rule rule(String text) {
        return assertInstanceOf(Rule.class, parse(text).get(0));
    }

    @Test
    void readsAProbeAndItsAssignments() {
        Rule rule = rule("on btrfs:open_ctree+0x10 set rdi=1 rsi=0x2, rdx=4K ret=-ENOMEM");
        Probe.KernelFunction probe = assertInstanceOf(Probe.KernelFunction.class, rule.probe());
        assertEquals("btrfs", probe.module().orElseThrow());
        assertEquals("open_ctree", probe.function());
        assertEquals(16, probe.offset());
        SetClause set = rule.clause(SetClause.class).orElseThrow();
        assertEquals(List.of("rdi", "rsi", "rdx"), set.assignments().stream().map(a -> a.target()).toList());
        assertEquals(new Expression.Literal(4096, Span.NONE), set.assignments().get(2).value());
        assertEquals(new Expression.Errno("ENOMEM", Span.NONE), rule.clause(RetClause.class).orElseThrow().value());
    }

    @Test
    void blankDoesNotEndAnExpression() {
        SetClause set = rule("on f set a=b -1 c=2").clause(SetClause.class).orElseThrow();
        assertEquals(2, set.assignments().size());
        assertInstanceOf(Expression.Binary.class, set.assignments().get(0).value());
    }

    @Test
    void clauseWordsAreNamesWhereNoClauseCanStand() {
        SetClause set = rule("on f set limit=limit+1 limit 3").clause(SetClause.class).orElseThrow();
        assertEquals("limit", set.assignments().get(0).target());
        assertEquals(3, rule("on f set limit=limit+1 limit 3").clause(LimitClause.class).orElseThrow().times());
    }

    @Test
    void aClauseWordWithItsOperandEndsALog() {
        Rule rule = rule("on f log limit 10");
        assertTrue(rule.clause(LogClause.class).orElseThrow().values().isEmpty());
        assertEquals(10, rule.clause(LimitClause.class).orElseThrow().times());
    }

    @Test
    void readsEveryClause() {
        Rule rule = rule("dry after /usr/lib/libc.so.6:malloc@GLIBC_2.2.5+4 when ret > 0 && comm == \"cat\" pid 1,2 tid 3"
                + " uid 0 comm \"sh\" cgroup /a.slice caller foo.isra.0 skip 1 every 2 limit 3 chance 0.1% for 5s ret=-1"
                + " write user u32[rsi+8]=5 signal SIGKILL log ret, comm as mine force");
        assertTrue(rule.dry() && rule.after());
        Probe.UserSymbol probe = assertInstanceOf(Probe.UserSymbol.class, rule.probe());
        assertEquals("malloc@GLIBC_2.2.5", probe.symbol());
        assertEquals(4, probe.offset());
        assertEquals(1000, rule.clause(ChanceClause.class).orElseThrow().millionths());
        assertEquals(Duration.ofSeconds(5), rule.clause(ForClause.class).orElseThrow().duration());
        assertEquals("KILL", rule.clause(SignalClause.class).orElseThrow().name());
        assertEquals("foo.isra.0", rule.clause(CallerClause.class).orElseThrow().function().function());
        assertEquals(18, rule.clauses().size());
    }

    @Test
    void precedenceIsThatOfC() {
        Expression.Binary or = assertInstanceOf(Expression.Binary.class,
                rule("on f when a + b * 2 == 3 || c & 1").clause(WhenClause.class).orElseThrow().condition());
        assertEquals("||", or.operator().symbol());
        assertEquals("==", ((Expression.Binary) or.left()).operator().symbol());
    }

    @Test
    void splitsStatements() {
        List<Statement> all = parse("# a comment\nlist; detach all\n! echo a; b # c\non f \\\n ret=0 # end\nexpect (1\n)\n");
        assertEquals(5, all.size());
        assertEquals(List.of("detach", "all"), ((Statement.Command) all.get(1)).words());
        assertEquals("echo a; b # c", ((Statement.Shell) all.get(2)).text());
        assertEquals(4, all.get(3).span().line());
    }

    @Test
    void anEscapedQuoteOpensNothing() {
        List<Statement> all = parse("save a\\\"b; list \\; x; save \"a\\\"; b\"\n! a\\\"b; c");
        assertEquals(List.of("save", "a\"b"), ((Statement.Command) all.get(0)).words());
        assertEquals(List.of("list", ";", "x"), ((Statement.Command) all.get(1)).words());
        assertEquals(List.of("save", "a\"; b"), ((Statement.Command) all.get(2)).words());
        assertEquals(4, all.size());
    }

    @Test
    void variablesAreValuesNotText() {
        Rule rule = rule("on ${name} set rdi=${1}");
        assertEquals("open_ctree", ((Probe.KernelFunction) rule.probe()).function());
        assertEquals(new Expression.Literal(42, Span.NONE),
                rule.clause(SetClause.class).orElseThrow().assignments().get(0).value());
    }

    @Test
    void knowsWhetherInputIsComplete() {
        assertTrue(Parser.isComplete("on f ret=1"));
        assertFalse(Parser.isComplete("on f ret=(1"));
        assertFalse(Parser.isComplete("on f \\"));
        assertFalse(Parser.isComplete("list \"a"));
        assertTrue(Parser.isComplete("save a\\\"b; list"));
    }
}
