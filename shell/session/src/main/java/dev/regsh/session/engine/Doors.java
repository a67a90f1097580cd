// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.engine;

import dev.regsh.bpf.program.MapSpec;
import dev.regsh.libbpf.BpfMap;
import dev.regsh.libbpf.OverrideDevice;
import java.util.HashMap;
import java.util.Map;

/** The maps through which a session's programs ask the module; each is made when it is first needed, and lives as long. */
public final class Doors {
    private final Map<MapSpec, BpfMap> doors = new HashMap<>();

    Doors() {}

    public synchronized BpfMap get(MapSpec spec) {
        return doors.computeIfAbsent(spec, Doors::make);
    }

    private static BpfMap make(MapSpec spec) {
        BpfMap map = new BpfMap(spec.type().number(), "regsh_" + spec.name(), spec.keySize(), spec.valueSize(), spec.maxEntries(),
                0);
        try {
            OverrideDevice.open(map, spec.equals(MapSpec.memoryDoor()));
            return map;
        } catch (RuntimeException refused) {
            map.close();
            throw refused;
        }
    }
}
