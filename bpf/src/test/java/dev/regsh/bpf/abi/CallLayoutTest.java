// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Examples; the shell's test of the same name asks the compiler, on x86-64 always and for arm64 when told to. */
class CallLayoutTest {
    private static final Type LONG = new Type.Int("long int", 8, true, false);
    private static final Type WIDE = new Type.Int("__int128", 16, true, false);
    private static final Type DOUBLE = new Type.Float("double", 8);
    private static final Type TWO = struct(16, LONG, LONG);
    private static final Type BIG = struct(24, LONG, LONG, LONG);
    private static final Type DOUBLES = struct(16, DOUBLE, DOUBLE);
    private static final Type BOTH = struct(16, DOUBLE, LONG);
    private static final Type VOID = new Type.Void();

    private static Type struct(int size, Type... members) {
        return new Type.Struct("s", false, size, () -> IntStream.range(0, members.length)
                .mapToObj(i -> new Type.Member("m" + i, members[i], i * 64, 0)).toList());
    }

    private static String layout(Architecture architecture, Type returns, List<Type> parameters) {
        CallLayout layout = CallLayout.of(new FunctionType("f", returns, parameters.stream()
                .map(type -> new FunctionType.Parameter("p", type, "t")).toList(), false), architecture.registers());
        return layout.result() + " <- " + String.join(", ", layout.parameters().stream()
                .map(place -> place instanceof Passing.OnStack stack ? "stack+" + stack.offset() : place.toString()).toList());
    }

    private static String x86(Type returns, Type... parameters) {
        return layout(Architecture.X86_64, returns, Arrays.asList(parameters));
    }

    private static String arm64(Type returns, Type... parameters) {
        return layout(Architecture.ARM64, returns, Arrays.asList(parameters));
    }

    @Test
    void x86TakesAwayARegisterForALargeResult() {
        assertEquals("memory at rdi <- rsi, rdx", x86(BIG, LONG, LONG));
        assertEquals("memory at rdi <- rsi, rdx, rcx, r8, r9, stack+0", x86(BIG, LONG, LONG, LONG, LONG, LONG, LONG));
        assertEquals("rax:rdx <- rdi:rsi, rdx", x86(TWO, TWO, LONG));
        assertEquals("xmm0:rax <- xmm0:rdi, rsi, xmm1", x86(BOTH, BOTH, LONG, DOUBLE));
        assertEquals(" <- stack+0, rdi", x86(VOID, BIG, LONG));
    }

    @Test
    void x86GivesTheLastRegisterToWhatFits() {
        assertEquals("rax <- rdi, rsi, rdx, rcx, r8, stack+0, r9, stack+16",
                x86(LONG, LONG, LONG, LONG, LONG, LONG, WIDE, LONG, LONG));
    }

    @Test
    void arm64HasARegisterOfItsOwnForIt() {
        assertEquals("memory at x8 <- x0, x1", arm64(BIG, LONG, LONG));
        assertEquals("x0:x1 <- x0:x1, x2", arm64(TWO, TWO, LONG));
        assertEquals("v0:v1 <- v0:v1, x0, x1:x2", arm64(DOUBLES, DOUBLES, LONG, BOTH));
        assertEquals(" <- at x0, x1", arm64(VOID, BIG, LONG));
    }

    @Test
    void arm64BeginsWideNumbersAtEvenRegistersAndFillsNoGaps() {
        assertEquals("x0:x1 <- x0, x2:x3, x4", arm64(WIDE, LONG, WIDE, LONG));
        assertEquals("x0 <- x0, x1, x2, x3, x4, x5, x6, stack+0, stack+16", layout(Architecture.ARM64, LONG,
                Stream.concat(Collections.nCopies(7, LONG).stream(), List.of(TWO, LONG).stream()).toList()));
    }
}
