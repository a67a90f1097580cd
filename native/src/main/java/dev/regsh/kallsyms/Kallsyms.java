// SPDX-License-Identifier: Apache-2.0
package dev.regsh.kallsyms;

import dev.regsh.base.text.NameSearch;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's functions, from /proc/kallsyms (kallsyms lists text as t, T, w or W). Some 100,000 names are kept as bytes
 * in one array, in order of name; a String is made only for what is asked for. Other code, such as the jumps of static calls, the
 * seldom run parts of functions ({@code .cold}) and what was made at run time, is known by its exact name and address alone.
 * Thread-safe.
 */
public final class Kallsyms {
    public static final Path PATH = Path.of("/proc/kallsyms");

    /**
     * @param module empty: the kernel image
     * @param address 0 where kptr_restrict hides it
     */
    public record Symbol(String name, String module, long address) {}

    private final byte[] text;
    private final int[] starts;
    private final short[] lengths;
    private final short[] modules;
    private final long[] addresses;
    private final List<String> moduleNames;
    /** Functions; behind them in the arrays stands other code. */
    private final int count;
    private @Nullable AddressOrder byAddress;
    private @Nullable NameSearch search;

    Kallsyms(byte[] text, int[] starts, short[] lengths, short[] modules, long[] addresses, List<String> names,
            int count) {
        this.text = text;
        this.starts = starts;
        this.lengths = lengths;
        this.modules = modules;
        this.addresses = addresses;
        this.moduleNames = names;
        this.count = count;
    }

    public static Kallsyms read() throws IOException {
        try (InputStream in = new FileInputStream(PATH.toFile())) {
            return new KallsymsParser(in).parse();
        }
    }

    /** Of a text in the form of /proc/kallsyms: {@code ADDRESS TYPE NAME[\tMODULE]}. */
    public static Kallsyms read(byte[] text) {
        try {
            return new KallsymsParser(new ByteArrayInputStream(text)).parse();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private boolean sameName(int one, int other) {
        return Arrays.equals(text, starts[one], starts[one] + lengths[one], text, starts[other],
                starts[other] + lengths[other]);
    }

    public int size() {
        return count;
    }

    /** Whether addresses are hidden (kptr_restrict, or no privilege). */
    public boolean addressesHidden() {
        for (int i = 0; i < count; i++) {
            if (addresses[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Every function of exactly this name, and other code named so. */
    public List<Symbol> named(String name) {
        List<Symbol> found = new ArrayList<>();
        byte[] wanted = name.getBytes(StandardCharsets.ISO_8859_1);
        addNamed(wanted, 0, count, found);
        addNamed(wanted, count, starts.length, found);
        return found;
    }

    private void addNamed(byte[] wanted, int from, int to, List<Symbol> found) {
        for (int i = lower(wanted, from, to); i < to && lengths[i] == wanted.length && startsWith(i, wanted); i++) {
            found.add(symbol(i));
        }
    }

    /** Whether it is a module, or empty for the image; kallsyms lists code that was made at run time as of modules, too. */
    public static boolean isKernel(String module) {
        return module.isEmpty() || KallsymsParser.isModule(module);
    }

    /** At most {@code most} functions for what is typed of a name, best first, each name once. */
    public List<Symbol> find(String typed, int most) {
        List<Symbol> found = new ArrayList<>();
        for (int index : search().find(typed, most)) {
            found.add(symbol(index));
        }
        return found;
    }

    /** The same among the functions of one module. */
    public List<Symbol> find(String module, String typed, int most) {
        int wanted = moduleNames.indexOf(module);
        int[] theirs = wanted < 0 ? new int[0] : IntStream.range(0, count).filter(i -> modules[i] == wanted).toArray();
        int[] theirStarts = new int[theirs.length];
        short[] theirLengths = new short[theirs.length];
        for (int i = 0; i < theirs.length; i++) {
            theirStarts[i] = starts[theirs[i]];
            theirLengths[i] = lengths[theirs[i]];
        }
        NameSearch within = new NameSearch(text, theirStarts, theirLengths, theirs.length);
        return IntStream.of(within.find(typed, most)).mapToObj(i -> symbol(theirs[i])).toList();
    }

    /** The modules that hold functions, in order of name. */
    public List<String> modules() {
        return moduleNames.stream().filter(KallsymsParser::isModule).sorted().toList();
    }

    /** Makes what {@link #find} needs, ahead of its first use. */
    public synchronized NameSearch search() {
        if (search == null) {
            search = new NameSearch(text, starts, lengths, count);
        }
        return search;
    }

    /**
     * The function an address lies in: the last one that begins at or before it. Where several names share an address,
     * one of
     * them. Empty for 0, below the first function, and where addresses are hidden.
     */
    public Optional<Symbol> at(long address) {
        int index = addressOrder().lastUpTo(address);
        return index < 0 || address == 0 ? Optional.empty() : Optional.of(symbol(index));
    }

    /** The addresses from {@code from} up to {@code to}, where functions stand close together. */
    public record Range(long from, long to) {}

    /** Where the kernel's code is: its image, and each module; none where addresses are hidden. */
    public List<Range> ranges() {
        return addressOrder().ranges();
    }

    /** Bytes up to the next function, padding included; 0 where it is not known. */
    public long size(Symbol symbol) {
        return symbol.address() == 0 ? 0 : addressOrder().distanceToNext(symbol.address());
    }

    private synchronized AddressOrder addressOrder() {
        if (byAddress == null) {
            byAddress = new AddressOrder(addresses, addresses.length);
        }
        return byAddress;
    }

    /** A name where it stands in the text of all names. */
    public interface NameTest {
        boolean holds(byte[] text, int from, int length);
    }

    /** The functions whose name begins so and passes a test, in order of name. */
    public List<Symbol> matching(String prefix, NameTest test) {
        byte[] beginning = prefix.getBytes(StandardCharsets.ISO_8859_1);
        List<Symbol> found = new ArrayList<>();
        for (int i = lower(beginning, 0, count); i < count && startsWith(i, beginning); i++) {
            if (test.holds(text, starts[i], lengths[i])) {
                found.add(symbol(i));
            }
        }
        return found;
    }

    /** The name of every function, in order; of equal ones once. */
    public Stream<String> names() {
        return IntStream.range(0, count).filter(i -> i == 0 || !sameName(i, i - 1)).mapToObj(this::name);
    }

    /** The first of some symbols in order that is not below the name. */
    private int lower(byte[] name, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(text, starts[middle], starts[middle] + lengths[middle], name, 0,
                    name.length);
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean startsWith(int index, byte[] prefix) {
        return lengths[index] >= prefix.length && Arrays.equals(text, starts[index], starts[index] + prefix.length,
                prefix, 0, prefix.length);
    }

    private String name(int index) {
        return new String(text, starts[index], lengths[index], StandardCharsets.ISO_8859_1);
    }

    private Symbol symbol(int index) {
        return new Symbol(name(index), moduleNames.get(modules[index]), addresses[index]);
    }
}
