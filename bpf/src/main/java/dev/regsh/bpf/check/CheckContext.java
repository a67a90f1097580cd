// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.resolve.ResolveContext;
import dev.regsh.bpf.symbol.CgroupSource;
import dev.regsh.bpf.type.TypeSource;

/** What typing a rule takes of the machine it is for. */
public interface CheckContext extends ResolveContext {
    TypeSource types();

    CgroupSource cgroups();
}
