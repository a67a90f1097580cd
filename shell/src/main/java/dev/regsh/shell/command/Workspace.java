// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.source.Span;
import dev.regsh.grammar.statement.Statement;
import dev.regsh.session.Session;
import dev.regsh.shell.completion.KernelNames;
import dev.regsh.shell.completion.SessionNames;
import dev.regsh.shell.option.Options;
import dev.regsh.shell.output.Output;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the commands of one session share, and which statement is being carried out. */
public final class Workspace {
    private final Session session;
    private final Output output;
    private final Options options;
    private final KernelNames kernel;
    private final SessionNames names;
    /** Tab and the highlighter read them while a statement runs. */
    private final Map<String, String> variables = new ConcurrentHashMap<>();
    private final Failures failures = new Failures(this);
    private @Nullable Rehearsal rehearsal;
    private boolean stopOnError = true;
    private boolean ended;
    private Place place = new Place(new Source("regsh", ""), null);

    /**
     * What is being carried out.
     *
     * @param source the text it stands in, as messages show it
     * @param statement null: what there is to be said belongs to no statement
     */
    public record Place(Source source, @Nullable Statement statement) {
        /** Where the statement stands in the source. */
        public Span span() {
            return statement == null ? Span.NONE : statement.span();
        }
    }

    public Workspace(Session session, Output output, Options options) {
        this.session = session;
        this.output = output;
        this.options = options;
        kernel = KernelNames.of(session.symbols(), session.types());
        names = new OwnNames();
    }

    /** A workspace whose Tab knows other names than those of this machine and this session. */
    public Workspace(Session session, Output output, Options options, KernelNames kernel, SessionNames names) {
        this.session = session;
        this.output = output;
        this.options = options;
        this.kernel = kernel;
        this.names = names;
    }

    public Session session() {
        return session;
    }

    public Output output() {
        return output;
    }

    public Options options() {
        return options;
    }

    public KernelNames kernel() {
        return kernel;
    }

    public SessionNames names() {
        return names;
    }

    /** The script variables and arguments with their values. */
    public Map<String, String> variables() {
        return variables;
    }

    public Failures failures() {
        return failures;
    }

    /** From here on nothing is carried out, and all is refused that a run would refuse; one mistake does not hide the next. */
    public void checkOnly() {
        rehearsal = new Rehearsal(session);
        stopOnError = false;
    }

    /** Present: statements are checked, not carried out. */
    public Optional<Rehearsal> rehearsal() {
        return Optional.ofNullable(rehearsal);
    }

    public boolean stopsOnError() {
        return stopOnError;
    }

    public void stopOnError(boolean stop) {
        stopOnError = stop;
    }

    /** A statement asked to leave. */
    public boolean ended() {
        return ended;
    }

    /** The statement asks to leave. */
    public void end() {
        ended = true;
    }

    public Place place() {
        return place;
    }

    /** The next statement is carried out, or again the one that has run others. */
    public void at(Place now) {
        place = now;
    }

    private final class OwnNames implements SessionNames {
        @Override
        public Map<String, String> rules() {
            Map<String, String> rules = new LinkedHashMap<>();
            session.rules().live().forEach(rule -> rules.put(rule.name(), rule.text()));
            return rules;
        }

        @Override
        public Collection<String> variables() {
            return variables.keySet();
        }
    }
}
