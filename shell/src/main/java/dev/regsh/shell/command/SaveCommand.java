// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.file.Reason;
import dev.regsh.session.Session;
import dev.regsh.session.failure.Failure;
import dev.regsh.session.rule.LiveRule;
import dev.regsh.session.rule.PendingRule;
import dev.regsh.shell.completion.FileProposals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.shell.core.command.CommandContext;

/** {@code save}: writes the session's rules as a script. */
final class SaveCommand extends RegshCommand {
    private final Session session;

    SaveCommand(Workspace workspace) {
        super(workspace, "save", "[--force] FILE.rsh", "writes the rules of this session as a script");
        session = workspace.session();
        setOptions(List.of(option("force", "replaces a file that is there")));
        setCompletionProvider(FileProposals::scripts);
    }

    @Override
    protected String details() {
        return """
                regsh run FILE.rsh, or replay FILE.rsh, attaches the same rules in the same order, disarmed ones disarmed.
                Variables are saved as the values they had. A file that exists is replaced with --force only.""";
    }

    @Override
    protected List<String> examples() {
        return List.of("save nomem.rsh");
    }

    @Override
    protected void check(CommandContext context) {
        file(context);
    }

    @Override
    protected void run(CommandContext context) {
        Path file = file(context);
        Collection<LiveRule> rules = session.rules().live();
        Collection<PendingRule> pending = session.rules().pending();
        if (rules.isEmpty() && pending.isEmpty()) {
            throw new Failure("there is nothing to save: no rule is attached", "");
        }
        write(file, script(rules, pending), has(context, "force"));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", file.toString());
        int count = rules.size() + pending.size();
        fields.put("rules", count);
        workspace().output().result("saved", "saved " + count + (count == 1 ? " rule" : " rules") + " to " + file, fields);
    }

    private Path file(CommandContext context) {
        String name = only(context);
        try {
            return Path.of(name);
        } catch (InvalidPathException noPath) {
            throw new Failure("no file can be named '" + name + "'", "");
        }
    }

    static String script(Collection<LiveRule> rules, Collection<PendingRule> pending) {
        StringBuilder text = new StringBuilder("# Rules of a session. Attach them again: regsh run FILE, or replay FILE\n");
        for (LiveRule rule : rules) {
            boolean disarmed = !rule.armed();
            boolean named = rule.compiled().name().isPresent();
            String name = named ? rule.name() : "saved_" + rule.id();
            text.append(rule.text()).append(disarmed && !named ? " as " + name : "").append('\n');
            if (disarmed) {
                text.append("disarm ").append(name).append('\n');
            }
        }
        if (!pending.isEmpty()) {
            text.append("set pending on\n");
            pending.forEach(rule -> text.append(rule.text()).append('\n'));
        }
        return text.toString();
    }

    /** Never through a link: a name in a shared folder could lead anywhere. */
    private static void write(Path file, String text, boolean force) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            if (force) {
                Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
            } else {
                Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            }
        } catch (FileAlreadyExistsException there) {
            throw new Failure(file + " exists", "save --force " + file + " replaces it");
        } catch (IOException refused) {
            throw new Failure("cannot write " + file + ": " + Reason.of(refused), "");
        }
    }
}
