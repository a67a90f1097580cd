// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.regsh.session.failure.Failure;
import org.junit.jupiter.api.Test;

class AllRulesTest {
    @Test
    void aRuleThatIsNowhereIsSaidSo() {
        try (Session session = new Session()) {
            Failure failure = assertThrows(Failure.class, () -> new AllRules(session).meant("nobody", silent -> {}));
            assertEquals("no rule 'nobody'", failure.getMessage());
        }
    }
}
