// SPDX-License-Identifier: Apache-2.0
package dev.regsh.base.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameSearchTest {
    private static final List<String> NAMES = List.of("DoRead", "__vfs_write", "do_sys_open", "do_sys_openat2", "ksys_read",
            "open_ctree", "reader", "tcp_v4_connect", "vfs_open", "vfs_read", "vfs_readv", "vfs_write");

    private static String find(String query, int most) {
        NameSearch search = NameSearch.of(NAMES);
        return String.join(" ", IntStream.of(search.find(query, most)).mapToObj(search::name).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "vfs_r,vfs_read vfs_readv",
        "do,do_sys_open do_sys_openat2",
        "read,reader",
        "_read,vfs_read ksys_read vfs_readv",
        "open,open_ctree",
        "sys_open,do_sys_open do_sys_openat2",
        "OPEN,open_ctree vfs_open do_sys_open do_sys_openat2",
        "doread,DoRead",
        "dso,do_sys_open do_sys_openat2",
        "vr,vfs_read vfs_readv",
        "v_r,vfs_read vfs_readv",
        "tcpcon,tcp_v4_connect",
        "xyz,''",
    })
    void theBestComeFirst(String query, String found) {
        assertEquals(found, find(query, 10));
    }

    @Test
    void noMoreThanAskedFor() {
        assertEquals("vfs_open vfs_read", find("vfs_", 2));
        assertEquals("vfs_write __vfs_write", find("rite", 2).isEmpty() ? "" : find("FS_WRITE", 2));
    }

    @Test
    void everyNameIsFoundByAnyPartOfIt() {
        Random random = new Random(7);
        TreeSet<String> names = new TreeSet<>();
        while (names.size() < 2000) {
            StringBuilder name = new StringBuilder();
            for (int i = 3 + random.nextInt(20); i > 0; i--) {
                name.append("abcdefghijklmnopqrstuvwxyz_0123456789.".charAt(random.nextInt(38)));
            }
            names.add(name.toString());
        }
        NameSearch search = NameSearch.of(names);
        for (String name : names) {
            int from = random.nextInt(name.length() - 2);
            String part = name.substring(from, from + 2 + random.nextInt(name.length() - from - 1));
            List<String> found = Arrays.stream(search.find(part, 10_000)).mapToObj(search::name).toList();
            boolean prefixed = names.ceiling(part) != null && names.ceiling(part).startsWith(part);
            List<String> right = names.stream().filter(n -> prefixed ? n.startsWith(part) : n.contains(part)).toList();
            assertEquals(right, found.stream().sorted().toList(), part);
        }
    }
}
