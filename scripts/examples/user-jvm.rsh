# SPDX-License-Identifier: Apache-2.0
# A JVM gets no memory for its heap: the mapping it asks for is made larger than any address space. Small ones go through.
on libc.so.6:mmap comm "java" when rsi > 300M set rsi=0xfffffffffffff000 as noheap
! $(dirname $(readlink -f /usr/bin/regsh))/../jre/bin/java -Xmx512m -version
expect status == 1
expect output ~ "*Could not reserve enough space for 524288KB object heap*"
expect fired noheap > 0
detach noheap

! $(dirname $(readlink -f /usr/bin/regsh))/../jre/bin/java -Xmx512m -version
expect status == 0
expect output ~ "*Runtime Environment*"
