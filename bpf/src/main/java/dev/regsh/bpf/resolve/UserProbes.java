// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.resolve;

import dev.regsh.base.text.Glob;
import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.program.LeftOut;
import dev.regsh.bpf.symbol.UserSymbolSource;
import dev.regsh.grammar.clause.ForceClause;
import dev.regsh.grammar.clause.PidClause;
import dev.regsh.grammar.probe.Probe;
import dev.regsh.grammar.statement.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The places in programs and libraries that a rule's probe names. */
final class UserProbes {
    private final ResolveContext context;
    private final Rule rule;
    private final List<Long> pids;

    UserProbes(ResolveContext context, Rule rule) {
        this.context = context;
        this.rule = rule;
        pids = rule.clause(PidClause.class).map(PidClause::pids).orElse(List.of());
    }

    FoundProbes find(Probe.UserSymbol probe) {
        UserSymbolSource source = context.userSymbols();
        List<UserSymbolSource.Location> found;
        try {
            found = source.find(probe.path(), probe.symbol(), probe.offset(), pids);
        } catch (IOException unreadable) {
            throw Errors.at(probe.span(), probe.path() + ": " + unreadable.getMessage());
        }
        // C++ names have stars of their own: one that is there is no glob.
        if (found.isEmpty() && Glob.isOne(probe.symbol())) {
            return matching(probe);
        }
        if (found.isEmpty()) {
            String why = source.whyMissing(probe.path(), probe.symbol());
            throw Errors.at(probe.span(), probe.path() + " has no function '" + probe.symbol() + "'",
                    why.isEmpty() ? Errors.didYouMean(source.nearest(probe.path(), probe.symbol(), 3)) : why);
        }
        String within = probe.offset() == 0 ? "" : "+0x" + Long.toHexString(probe.offset());
        return FoundProbes.of(points(found, probe.symbol() + within));
    }

    private FoundProbes matching(Probe.UserSymbol glob) {
        if (glob.offset() != 0) {
            throw Errors.at(glob.span(), "a glob cannot have an offset");
        }
        List<UserSymbolSource.Match> matches;
        try {
            matches = context.userSymbols().matching(glob.path(), glob.symbol(), pids);
        } catch (IOException unreadable) {
            throw Errors.at(glob.span(), glob.path() + ": " + unreadable.getMessage());
        }
        List<AttachPoint> points = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        for (UserSymbolSource.Match match : matches) {
            match.place().ifPresentOrElse(place -> points.addAll(points(List.of(place), match.symbol())),
                    () -> leftOut.add(new LeftOut(glob.path() + ":" + match.symbol(), match.why())));
        }
        if (points.isEmpty()) {
            throw Errors.at(glob.span(), "no function of " + glob.path() + " that can be probed matches '" + glob.symbol() + "'",
                    leftOut.isEmpty() ? Errors.didYouMean(context.userSymbols().nearest(glob.path(), glob.symbol(), 3))
                            : FoundProbes.all(leftOut));
        }
        return FoundProbes.of(points, leftOut, glob.symbol(), glob.span());
    }

    FoundProbes find(Probe.UserOffset probe) {
        try {
            return FoundProbes.of(points(context.userSymbols().at(probe.path(), probe.offset(), pids), ""));
        } catch (IOException unreadable) {
            throw Errors.at(probe.span(), probe.path() + ": " + unreadable.getMessage());
        }
    }

    private List<AttachPoint> points(List<UserSymbolSource.Location> places, String symbol) {
        boolean force = rule.clause(ForceClause.class).isPresent();
        // A perf event can be of one process only; of several the program picks.
        int pid = pids.size() == 1 ? pids.get(0).intValue() : -1;
        return places.stream().<AttachPoint>map(place -> new AttachPoint.User(place.file(), symbol, place.fileOffset(),
                place.address(), entry(place, force), pid, rule.after(), List.of(), List.of())).toList();
    }

    private static AttachPoint.Entry entry(UserSymbolSource.Location place, boolean force) {
        return place.begins().map(begins -> begins ? AttachPoint.Entry.YES : AttachPoint.Entry.NO)
                .orElse(force ? AttachPoint.Entry.YES : AttachPoint.Entry.UNKNOWN);
    }
}
