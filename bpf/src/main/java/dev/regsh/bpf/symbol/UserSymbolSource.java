// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.symbol;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The functions of user programs and libraries (their ELF symbol tables), as the processes that are meant see the files. */
public interface UserSymbolSource {
    /**
     * A place in a file.
     *
     * @param file what the loader attaches to, and what the other methods take; not always the path that was asked for
     * @param fileOffset in bytes, in the file
     * @param address virtual, as the file is linked: two of one file are as far apart in every process
     * @param begins whether a function begins there; empty: nothing says
     */
    record Location(String file, long fileOffset, long address, Optional<Boolean> begins) {}

    /**
     * The code of a function.
     *
     * @param address virtual, as the file is linked
     * @param size in bytes; 0: not known
     * @param begins false: it is a part of one that the compiler has moved away
     */
    record Function(long address, long size, boolean begins) {}

    /**
     * Where a function returns.
     *
     * @param exits offsets in the file of its return instructions
     * @param lastCalls the same of functions that it ends in by a jump
     * @param missing why these are not all, with the place; empty: they are
     * @param deadly why the kernel's way of catching returns may kill programs that run the file; empty: no reason is known
     */
    record Returns(List<Long> exits, List<Long> lastCalls, String missing, String deadly) {}

    /** A source that reads no files. */
    UserSymbolSource NONE = new UserSymbolSource() {
        @Override
        public List<Location> find(String path, String symbol, long offset, List<Long> pids) throws IOException {
            throw new IOException("user programs cannot be read here");
        }

        @Override
        public List<Match> matching(String path, String glob, List<Long> pids) throws IOException {
            throw new IOException("user programs cannot be read here");
        }

        @Override
        public List<Location> at(String path, long fileOffset, List<Long> pids) throws IOException {
            throw new IOException("user programs cannot be read here");
        }

        @Override
        public Optional<Function> function(String file, String symbol) throws IOException {
            throw new IOException("user programs cannot be read here");
        }

        @Override
        public Returns returns(String file, long fileOffset) throws IOException {
            throw new IOException("user programs cannot be read here");
        }

        @Override
        public boolean isGo(String file) {
            return false;
        }

        @Override
        public List<String> nearest(String file, String symbol, int most) {
            return List.of();
        }

        @Override
        public List<String> startingWith(String file, String prefix, int most) {
            return List.of();
        }
    };

    /**
     * Where a function is, in each file that the name leads to: one, or several where the processes have different roots.
     *
     * @param path a path, or the name of a library
     * @param symbol may carry an {@code @VERSION}; a C++ name may be the mangled or the written one
     * @param offset in bytes from the function's beginning
     * @param pids the processes meant; empty: any, and names are this process's
     * @return empty: there is no such function
     * @throws IOException the file cannot be read, is no ELF file or has nothing to probe there; the message does not name it
     */
    List<Location> find(String path, String symbol, long offset, List<Long> pids) throws IOException;

    /**
     * A function that a glob matches.
     *
     * @param symbol its name, with its version if new programs get another, with its place if several have the name
     * @param place empty: it cannot be probed there
     * @param why it cannot
     */
    record Match(String symbol, Optional<Location> place, String why) {}

    /**
     * The functions of the files that {@link #find} would look into whose name matches ({@code *} and {@code ?}), C++ names as
     * they are written, with or without their parameters. Of several names of one place one has it.
     */
    List<Match> matching(String path, String glob, List<Long> pids) throws IOException;

    /** The same as {@link #find} for an offset in the file. */
    List<Location> at(String path, long fileOffset, List<Long> pids) throws IOException;

    /**
     * A function of a file; empty: it has none of the name.
     *
     * @param file of a {@link Location}
     */
    Optional<Function> function(String file, String symbol) throws IOException;

    /**
     * Where the function that begins at an offset in the file returns.
     *
     * @param file of a {@link Location}
     */
    Returns returns(String file, long fileOffset) throws IOException;

    /**
     * Whether the Go compiler has made it.
     *
     * @param file of a {@link Location}
     */
    boolean isGo(String file);

    /** The names most like this one, best first; none where the file cannot be read. */
    List<String> nearest(String file, String symbol, int most);

    /** Why a file lacks a function that one would look for there, with what to do instead; empty: nothing is known. */
    default String whyMissing(String file, String symbol) {
        return "";
    }

    /** Where a program or a library is that is named without its path; empty: there is none. */
    default Optional<String> pathOf(String name) {
        return Optional.empty();
    }

    /** The names that begin so, in order, as a rule may write them; none where the file cannot be read. */
    List<String> startingWith(String file, String prefix, int most);
}
