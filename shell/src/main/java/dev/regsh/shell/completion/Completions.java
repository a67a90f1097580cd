// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.Type;
import dev.regsh.grammar.assist.Expectation;
import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.probe.Probe;
import dev.regsh.grammar.token.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** What could stand at the cursor: the grammar says which kinds of things, this knows the things. */
public final class Completions {
    /**
     * What to put in place of the text from {@code start} to the cursor.
     *
     * @param proposals best first
     */
    public record Answer(int start, List<CompletionProposal> proposals) {}

    private final KernelNames kernel;
    private final SessionNames names;
    private final FunctionProposals functions;
    private final UserSymbolProposals programs = new UserSymbolProposals();
    private final CommandRegistry commands;

    /** @param commands say themselves what they take */
    public Completions(KernelNames kernel, SessionNames names, CommandRegistry commands) {
        this.kernel = kernel;
        this.names = names;
        this.commands = commands;
        functions = new FunctionProposals(kernel);
    }

    public Answer at(String text, int cursor) {
        return at(text, cursor, 0);
    }

    private Answer at(String text, int cursor, int depth) {
        Expectation expected = Expectation.at(text, cursor);
        List<String> words = expected.words();
        if (expected.wants(Slot.COMMAND) && words.size() > 0 && words.get(0).equals("plan") && depth == 0) {
            // The rest of the line is a rule.
            int rule = text.lastIndexOf("plan", expected.start()) + 4;
            Answer inner = at(text.substring(rule), cursor - rule, 1);
            return new Answer(inner.start() + rule, inner.proposals());
        }
        List<CompletionProposal> found = new ArrayList<>();
        for (Slot slot : expected.slots()) {
            found.addAll(things(slot, expected));
        }
        if (expected.wants(Slot.PROBE) || expected.wants(Slot.FUNCTION)) {
            return new Answer(expected.start(), found);
        }
        expected.keywords().forEach(word -> found.add(KeywordProposals.of(word)));
        return new Answer(expected.start(), Filter.of(expected.prefix(), found));
    }

    private List<CompletionProposal> things(Slot slot, Expectation at) {
        String prefix = at.prefix();
        return switch (slot) {
            case STATEMENT -> FirstWords.of(commands);
            case COMMAND -> OperandProposals.of(commands, at);
            case PROBE -> probes(at);
            case FUNCTION -> functions.functions(prefix);
            case TARGET -> targets(at);
            case VALUE -> values(at);
            case ERRNO -> ErrnoProposals.errnos(prefix);
            case FIELD -> at.base().flatMap(base -> type(at, base)).map(TypeProposals::fields).orElse(List.of());
            case CGROUP -> FileProposals.files(prefix.isEmpty() ? "/sys/fs/cgroup/" : prefix, "", false, file -> false);
            case COMM -> ProcessProposals.comms(at.quoted());
            case NUMBER -> switch (at.clause()) {
                case "pid", "tid" -> ProcessProposals.pids();
                case "uid" -> ProcessProposals.users();
                default -> List.of();
            };
            case DURATION -> KeywordProposals.DURATIONS;
            case SIGNAL -> KeywordProposals.SIGNALS;
            case RULE -> names.ruleProposals();
            case VARIABLE -> names.variables().stream().map(name -> Proposal.word(name + "}", "", "variables")).toList();
            case NEW_NAME, OPERATOR, CLAUSE -> List.of();
        };
    }

    private List<CompletionProposal> probes(Expectation at) {
        String typed = at.prefix();
        boolean path = at.quoted() || typed.startsWith("/") || typed.startsWith("./") || typed.startsWith("../")
                || (typed.contains(".so") && typed.contains(":"));
        return path ? programs.probes(typed) : functions.functions(typed);
    }

    private List<CompletionProposal> targets(Expectation at) {
        List<CompletionProposal> found = new ArrayList<>();
        boolean parameter = at.prefix().startsWith("$");
        if (!at.after()) {
            prototype(at).ifPresent(function -> TypeProposals.parameters(function, "=").forEach(each -> found.add(parameter
                    ? Proposal.like(each, "$" + each.value()) : each)));
        }
        if (!parameter) {
            found.add(Proposal.open("ret=", at.after() ? "what the function returned" : "skip the function and return this",
                    "parameters"));
            found.addAll(TypeProposals.registers(carried(at), at.prefix(), true));
        }
        return found;
    }

    private List<CompletionProposal> values(Expectation at) {
        List<CompletionProposal> found = new ArrayList<>();
        if (at.probe().isEmpty()) {
            return new ArrayList<>(KeywordProposals.SCRIPT_VALUES);
        }
        boolean given = at.target().equals("ret") || at.prefix().startsWith("E");
        if (given && !at.wants(Slot.ERRNO)) {
            ErrnoProposals.errnos(at.prefix()).forEach(e -> found.add(Proposal.like(e, "-" + e.value())));
        }
        if (at.prefix().startsWith("E") && !found.isEmpty()) {
            return found;
        }
        prototype(at).ifPresent(function -> found.addAll(TypeProposals.parameters(function, "")));
        found.addAll(KeywordProposals.CONTEXT);
        if (at.after()) {
            found.add(Proposal.word("ret", "what the function returned", "parameters"));
        }
        found.addAll(TypeProposals.registers(carried(at), at.prefix(), false));
        return found;
    }

    private Optional<FunctionType> prototype(Expectation at) {
        if (!(at.probe().orElse(null) instanceof Probe.KernelFunction probe)) {
            return Optional.empty();
        }
        return kernel.functions().flatMap(all -> all.named(probe.function()).stream()
                .filter(symbol -> probe.module().map(symbol.module()::equals).orElse(true))
                .findFirst()).flatMap(kernel::prototype);
    }

    private Map<Register, String> carried(Expectation at) {
        return at.after() ? Map.of() : TypeProposals.carried(prototype(at));
    }

    private Optional<Type> type(Expectation at, Expression base) {
        List<String> path = new ArrayList<>();
        Expression step = base;
        while (step instanceof Expression.Field field) {
            path.add(0, field.name());
            step = field.base();
        }
        if (!(step instanceof Expression.Name name)) {
            return Optional.empty();
        }
        path.add(0, name.name());
        return prototype(at).flatMap(function -> TypeProposals.follow(function, path));
    }

    /** Makes the indexes of symbols and types ahead of their first use; takes some tenths of a second. */
    public void warm() {
        String line = "on vfs_read ret=";
        functions.functions("vfs_read");
        at(line, line.length());
    }
}
