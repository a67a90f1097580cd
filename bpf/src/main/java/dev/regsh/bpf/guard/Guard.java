// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.guard;

import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.symbol.TaskSource;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.probe.FunctionName;
import dev.regsh.grammar.statement.Rule;
import java.util.Optional;

/**
 * Which rules are refused since the machine, or the end of the rule itself, would not survive them. Those that change nothing never
 * are.
 */
public final class Guard {
    private static final String OTHER_FUNCTION = "probe a more particular function";

    private final TaskSource tasks;
    private final Rule rule;
    private final TypedRule typed;
    private final Narrowing narrowing;

    private Guard(TaskSource tasks, Rule rule, TypedRule typed) {
        this.tasks = tasks;
        this.rule = rule;
        this.typed = typed;
        narrowing = new Narrowing(rule, typed);
    }

    /**
     * Looks at a rule at one place.
     *
     * @return what it changes there for every process, since its user insists; empty: nothing of that kind
     * @throws DiagnosticException if it is refused there
     */
    public static Optional<String> check(TaskSource tasks, Rule rule, AttachPoint point, TypedRule typed) {
        if (typed.dry() || !typed.acts()) {
            return Optional.empty();
        }
        Guard guard = new Guard(tasks, rule, typed);
        Optional<String> everybodys = point.accept(new AttachPoint.Visitor<>() {
            @Override
            public Optional<String> visitKernel(AttachPoint.Kernel kernel) {
                return ProtectedFunctions.of(kernel.module(), kernel.function())
                        .map(entry -> guard.function(kernel.function(), entry));
            }

            @Override
            public Optional<String> visitUser(AttachPoint.User user) {
                return EverydayLibraries.of(user.path()).map(guard::library);
            }
        });
        return everybodys.filter(any -> !guard.narrowing.few() && !guard.narrowing.some(Guard::everybodyCalls));
    }

    private String function(String name, ProtectedFunction entry) {
        Protection protection = entry.protection();
        String what = "'" + name + "' is " + entry.why();
        if (protection == Protection.INTERRUPT) {
            throw refused(what + ": nothing shows that a rule there leaves its own end alone, and its probe would stay until "
                    + "the next boot", OTHER_FUNCTION);
        }
        if (protection.releases()) {
            Optional<String> doubt = narrowing.doubt(tasks);
            if (doubt.isPresent()) {
                throw refused(what + ": the probe could stay until the next boot" + (doubt.get().isEmpty() ? "" : ", since "
                        + doubt.get()), "narrow the rule with pid, tid or comm to tasks that are neither regsh's nor the "
                                + "kernel's; force does not help");
            }
        }
        if (typed.forced()) {
            return what;
        }
        if (protection.asksToInsist()) {
            throw refused(what, OTHER_FUNCTION + ", or insist with force");
        }
        boolean few = protection == Protection.NEEDED && narrowing.few();
        if (!protection.releases() && !few && !narrowing.some(Guard::everybodyCalls)) {
            throw refused(what + ", and the rule does not say whose calls are meant", hint(protection));
        }
        return what;
    }

    private String hint(Protection protection) {
        return "narrow it with pid, comm, cgroup, caller or when" + (protection == Protection.NEEDED
                ? ", a limit of at most " + Narrowing.FEW : "") + ", or insist with force";
    }

    private String library(String name) {
        String what = "what keeps this machine reachable runs " + name;
        if (!typed.forced() && !narrowing.some(Guard::everybodyCalls)) {
            throw refused(what + ", and the rule does not say whose calls are meant",
                    "narrow it with pid, comm, cgroup, caller or when, or insist with force");
        }
        return what;
    }

    /** A caller that everybody comes through narrows nothing. */
    private static boolean everybodyCalls(FunctionName caller) {
        return ProtectedFunctions.of(caller.module().orElse(""), caller.function()).isPresent();
    }

    private DiagnosticException refused(String message, String hint) {
        return Errors.at(rule.probe().span(), message, hint);
    }
}
