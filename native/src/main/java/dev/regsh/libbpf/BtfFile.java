// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.regsh.base.errno.KernelException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A file of BTF that libbpf has read and checked, as bytes: where each of its own types begins, and its own strings. Layout:
 * Documentation/bpf/btf.rst. The bytes are not Java's, and as few are copied as are asked for. Thread-safe.
 */
public final class BtfFile {
    private static final int LENGTH_OF_HEADER = 4;
    private static final int START_OF_STRINGS = 16;
    private static final int LENGTH_OF_STRINGS = 20;

    /** Started with the first module: the kernel's own file stays. */
    private static final class Closing {
        static final Cleaner CLEANER = Cleaner.create();
    }

    /** Kept, since the handle refers to it. */
    @SuppressWarnings("UnusedVariable")
    private final @Nullable BtfFile base;
    private final Pointer handle;
    private final ByteBuffer bytes;
    private final IntBuffer places;
    private final int strings;
    private final int stringsSize;

    /**
     * @param base of the kernel, where the file is a module's
     * @throws KernelException with the errno of open(2), or EINVAL for what is damaged or of a form that libbpf does not know
     */
    public BtfFile(Path path, @Nullable BtfFile base) {
        this.base = base;
        PointerByReference opened = new PointerByReference();
        Libbpf.check(Libbpf.shim().regsh_btf_open(path.toString(), base == null ? null : base.handle, opened),
                "read the types in " + path);
        handle = opened.getValue();
        if (base != null) {
            Pointer closed = handle;
            Closing.CLEANER.register(this, () -> Libbpf.shim().regsh_btf_close(closed));
        }
        IntByReference size = new IntByReference();
        bytes = Libbpf.shim().regsh_btf_bytes(handle, size).getByteBuffer(0, size.getValue()).order(ByteOrder.nativeOrder());
        IntByReference count = new IntByReference();
        places = Libbpf.shim().regsh_btf_places(handle, count).getByteBuffer(0, (long) count.getValue() * Integer.BYTES)
                .order(ByteOrder.nativeOrder()).asIntBuffer();
        strings = bytes.getInt(LENGTH_OF_HEADER) + bytes.getInt(START_OF_STRINGS);
        stringsSize = bytes.getInt(LENGTH_OF_STRINGS);
    }

    /** Of its own types. */
    public int count() {
        return places.capacity();
    }

    /** Of its own strings, in bytes. */
    public int stringsSize() {
        return stringsSize;
    }

    /**
     * The word so many bytes behind the beginning of a type.
     *
     * @param index of the type among its own
     */
    public int word(int index, int offset) {
        int word = bytes.getInt(places.get(index) + offset);
        Reference.reachabilityFence(this);
        return word;
    }

    /** @param offset among its own strings, less than {@link #stringsSize} */
    public String string(int offset) {
        int start = strings + offset;
        int end = start;
        while (bytes.get(end) != 0) {
            end++;
        }
        byte[] string = new byte[end - start];
        bytes.get(start, string);
        Reference.reachabilityFence(this);
        return new String(string, StandardCharsets.UTF_8);
    }

    /** The id of one of its own functions. */
    public OptionalInt function(String name) {
        int id = Libbpf.shim().regsh_btf_function(handle, name);
        Reference.reachabilityFence(this);
        return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }
}
