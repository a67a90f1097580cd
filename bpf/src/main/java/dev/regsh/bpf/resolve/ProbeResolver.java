// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.resolve;

import dev.regsh.base.text.Glob;
import dev.regsh.base.text.Listing;
import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.program.LeftOut;
import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.bpf.symbol.UserSymbolSource;
import dev.regsh.grammar.clause.ForceClause;
import dev.regsh.grammar.clause.PidClause;
import dev.regsh.grammar.probe.Probe;
import dev.regsh.grammar.source.Span;
import dev.regsh.grammar.statement.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first pass: the places a rule's probe names. */
public final class ProbeResolver {
    /** A glob of more is a slip. */
    private static final int MOST_PROBES = 1000;

    private final ResolveContext context;

    public ProbeResolver(ResolveContext context) {
        this.context = context;
    }

    /**
     * What a probe stands for.
     *
     * @param points never empty
     * @param leftOut functions of a glob that cannot be probed
     */
    public record Found(List<AttachPoint> points, List<LeftOut> leftOut) {
        static Found of(List<AttachPoint> points) {
            return new Found(points, List.of());
        }
    }

    public Found resolve(Rule rule) {
        if (rule.after() && offset(rule.probe()) != 0) {
            throw Errors.at(rule.probe().span(), "after has no offset: it runs when the function returns",
                    "use on for a place inside a function");
        }
        if (rule.probe() instanceof Probe.KernelFunction probe) {
            KernelSymbol symbol = function(probe.module(), probe.function(), probe.address(), probe.span());
            check(symbol, probe.span());
            return Found.of(List.of(new AttachPoint.Kernel(symbol.module(), symbol.name(), symbol.address(),
                    probe.address() != 0, probe.offset(), rule.after())));
        } else if (rule.probe() instanceof Probe.KernelGlob glob) {
            return glob(glob, rule.after());
        } else if (rule.probe() instanceof Probe.UserSymbol probe) {
            return user(probe, rule);
        }
        return Found.of(user((Probe.UserOffset) rule.probe(), rule));
    }

    private static long offset(Probe probe) {
        return probe instanceof Probe.KernelFunction kernel ? kernel.offset()
                : probe instanceof Probe.UserSymbol user ? user.offset() : 0;
    }

    private static List<Long> pids(Rule rule) {
        return rule.clause(PidClause.class).map(PidClause::pids).orElse(List.of());
    }

    /** The one function of that name. */
    public KernelSymbol function(Optional<String> module, String name, long address, Span span) {
        List<KernelSymbol> named = context.symbols().named(name);
        if (named.isEmpty()) {
            throw new FunctionHints(context).none(module, name, span);
        }
        List<KernelSymbol> found = named.stream().filter(symbol -> module.isEmpty() || symbol.module().equals(module.get()))
                .filter(symbol -> address == 0 || symbol.address() == address).toList();
        if (found.isEmpty()) {
            throw Errors.at(span, "no function '" + name + "' " + (address == 0 ? "in module " + module.orElseThrow()
                    : "at 0x" + Long.toHexString(address)), "there is " + places(named));
        }
        if (found.size() > 1) {
            throw Errors.at(span, found.size() + " functions are named '" + name + "'", "pick one: " + places(found));
        }
        return found.get(0);
    }

    private static String places(List<KernelSymbol> symbols) {
        List<String> shown = new ArrayList<>();
        boolean addresses = symbols.stream().map(KernelSymbol::module).distinct().count() < symbols.size();
        for (KernelSymbol symbol : symbols.subList(0, Math.min(8, symbols.size()))) {
            shown.add((symbol.module().isEmpty() ? "" : symbol.module() + ":") + symbol.name()
                    + (addresses ? "@0x" + Long.toHexString(symbol.address()) : ""));
        }
        return String.join(", ", shown);
    }

    private void check(KernelSymbol symbol, Span span) {
        String why = context.symbols().unprobeable(symbol);
        if (!why.isEmpty()) {
            throw Errors.at(span, "'" + symbol.name() + "' cannot be probed: " + why, "probe a function that calls it");
        }
    }

    private Found glob(Probe.KernelGlob glob, boolean after) {
        List<AttachPoint> points = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        for (KernelSymbol symbol : context.symbols().matching(glob.pattern())) {
            if (glob.module().isPresent() && !symbol.module().equals(glob.module().get())) {
                continue;
            }
            // Where several have the name, the address tells them apart; compilers make clones that have one each.
            boolean shared = context.symbols().named(symbol.name()).size() > 1;
            AttachPoint.Kernel point = new AttachPoint.Kernel(symbol.module(), symbol.name(), symbol.address(), shared, 0, after);
            String why = context.symbols().unprobeable(symbol);
            if (!why.isEmpty()) {
                leftOut.add(new LeftOut(point.toString(), why));
            } else if (shared && symbol.address() == 0) {
                leftOut.add(new LeftOut(point.toString(), "several have the name, and the kernel hides their addresses"));
            } else {
                points.add(point);
            }
        }
        if (points.isEmpty()) {
            throw Errors.at(glob.span(), "no function that can be probed matches '" + glob.pattern() + "'", leftOut.isEmpty()
                    ? new FunctionHints(context).glob(glob.module(), glob.pattern()) : all(leftOut));
        }
        check(points.size(), glob.pattern(), glob.span());
        return new Found(points, leftOut);
    }

    private static String all(List<LeftOut> leftOut) {
        return leftOut.size() + " left out: " + Listing.byReason(LeftOut.byReason(leftOut));
    }

    private static void check(int probes, String pattern, Span span) {
        if (probes > MOST_PROBES) {
            throw Errors.at(span, probes + " functions match '" + pattern + "'; at most " + MOST_PROBES
                    + " are probed by one rule", "narrow the glob");
        }
    }

    private Found user(Probe.UserSymbol probe, Rule rule) {
        UserSymbolSource source = context.userSymbols();
        List<UserSymbolSource.Location> found;
        try {
            found = source.find(probe.path(), probe.symbol(), probe.offset(), pids(rule));
        } catch (IOException unreadable) {
            throw Errors.at(probe.span(), probe.path() + ": " + unreadable.getMessage());
        }
        // C++ names have stars of their own: one that is there is no glob.
        if (found.isEmpty() && Glob.isOne(probe.symbol())) {
            return userGlob(probe, rule);
        }
        if (found.isEmpty()) {
            String why = source.whyMissing(probe.path(), probe.symbol());
            throw Errors.at(probe.span(), probe.path() + " has no function '" + probe.symbol() + "'",
                    why.isEmpty() ? Errors.didYouMean(source.nearest(probe.path(), probe.symbol(), 3)) : why);
        }
        String within = probe.offset() == 0 ? "" : "+0x" + Long.toHexString(probe.offset());
        return Found.of(points(found, probe.symbol() + within, rule));
    }

    private Found userGlob(Probe.UserSymbol glob, Rule rule) {
        if (glob.offset() != 0) {
            throw Errors.at(glob.span(), "a glob cannot have an offset");
        }
        List<UserSymbolSource.Match> matches;
        try {
            matches = context.userSymbols().matching(glob.path(), glob.symbol(), pids(rule));
        } catch (IOException unreadable) {
            throw Errors.at(glob.span(), glob.path() + ": " + unreadable.getMessage());
        }
        List<AttachPoint> points = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        for (UserSymbolSource.Match match : matches) {
            match.place().ifPresentOrElse(place -> points.addAll(points(List.of(place), match.symbol(), rule)),
                    () -> leftOut.add(new LeftOut(glob.path() + ":" + match.symbol(), match.why())));
        }
        if (points.isEmpty()) {
            throw Errors.at(glob.span(), "no function of " + glob.path() + " that can be probed matches '" + glob.symbol() + "'",
                    leftOut.isEmpty() ? Errors.didYouMean(context.userSymbols().nearest(glob.path(), glob.symbol(), 3))
                            : all(leftOut));
        }
        check(points.size(), glob.symbol(), glob.span());
        return new Found(points, leftOut);
    }

    private List<AttachPoint> user(Probe.UserOffset probe, Rule rule) {
        try {
            return points(context.userSymbols().at(probe.path(), probe.offset(), pids(rule)), "", rule);
        } catch (IOException unreadable) {
            throw Errors.at(probe.span(), probe.path() + ": " + unreadable.getMessage());
        }
    }

    private static List<AttachPoint> points(List<UserSymbolSource.Location> places, String symbol, Rule rule) {
        boolean force = rule.clause(ForceClause.class).isPresent();
        // A perf event can be of one process only; of several the program picks.
        int pid = pids(rule).size() == 1 ? pids(rule).get(0).intValue() : -1;
        return places.stream().<AttachPoint>map(place -> new AttachPoint.User(place.file(), symbol, place.fileOffset(),
                place.address(), entry(place, force), pid, rule.after(), List.of(), List.of())).toList();
    }

    private static AttachPoint.Entry entry(UserSymbolSource.Location place, boolean force) {
        return place.begins().map(begins -> begins ? AttachPoint.Entry.YES : AttachPoint.Entry.NO)
                .orElse(force ? AttachPoint.Entry.YES : AttachPoint.Entry.UNKNOWN);
    }
}
