// SPDX-License-Identifier: Apache-2.0
/** The kernel's types as Java looks at them, on top of what libbpf has read and checked (docs/architecture/btf.md says why). */
package dev.regsh.btf;
