// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.resolve;

import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.program.LeftOut;
import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.grammar.probe.Probe;
import dev.regsh.grammar.statement.Rule;
import java.util.ArrayList;
import java.util.List;

/** The first pass: the places a rule's probe names. */
public final class ProbeResolver implements Probe.Visitor<FoundProbes> {
    private final ResolveContext context;
    private final Rule rule;
    private final FunctionFinder kernel;
    private final UserProbes user;

    private ProbeResolver(ResolveContext context, Rule rule) {
        this.context = context;
        this.rule = rule;
        kernel = new FunctionFinder(context);
        user = new UserProbes(context, rule);
    }

    public static FoundProbes resolve(ResolveContext context, Rule rule) {
        return rule.probe().accept(new ProbeResolver(context, rule));
    }

    @Override
    public FoundProbes visitKernelFunction(Probe.KernelFunction probe) {
        checkOffset(probe.offset());
        KernelSymbol symbol = kernel.named(probe.module(), probe.function(), probe.address(), probe.span());
        kernel.check(symbol, probe.span());
        return FoundProbes.of(List.of(new AttachPoint.Kernel(symbol.module(), symbol.name(), symbol.address(),
                probe.address() != 0, probe.offset(), rule.after())));
    }

    @Override
    public FoundProbes visitKernelGlob(Probe.KernelGlob glob) {
        return matching(glob, rule.after());
    }

    @Override
    public FoundProbes visitUserSymbol(Probe.UserSymbol probe) {
        checkOffset(probe.offset());
        return user.find(probe);
    }

    @Override
    public FoundProbes visitUserOffset(Probe.UserOffset probe) {
        checkInstruction(probe.offset());
        return user.find(probe);
    }

    private void checkOffset(long offset) {
        if (rule.after() && offset != 0) {
            throw Errors.at(rule.probe().span(), "after has no offset: it runs when the function returns",
                    "use on for a place inside a function");
        }
        checkInstruction(offset);
    }

    /** Where all instructions have the same length, code begins at multiples of it in functions and in files. */
    private void checkInstruction(long offset) {
        int unit = context.architecture().instructionUnit();
        if (offset % unit != 0) {
            throw Errors.at(rule.probe().span(),
                    String.format("+0x%x is in the middle of an instruction: all have %d bytes", offset,
                            unit),
                    String.format("+0x%x or +0x%x", offset / unit * unit, offset / unit * unit + unit));
        }
    }

    private FoundProbes matching(Probe.KernelGlob glob, boolean after) {
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
                    ? new FunctionHints(context).glob(glob.module(), glob.pattern()) : FoundProbes.all(leftOut));
        }
        return FoundProbes.of(points, leftOut, glob.pattern(), glob.span());
    }
}
