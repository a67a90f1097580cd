// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.statement;

import dev.regsh.session.Session;
import java.util.OptionalLong;

/** What an expectation may ask about. */
interface Facts {
    /** Of the last {@code !} command. */
    long status();

    /** What it printed. */
    String output();

    /** How many rules there are. */
    long rules();

    /** Empty: there is no such rule. */
    OptionalLong counter(String rule, String counter);

    /** Whether parts are looked at too on which the value does not depend. */
    default boolean whole() {
        return false;
    }

    /** As it is in a session. */
    record Live(Session session, LastCommand last) implements Facts {
        @Override
        public long status() {
            return last.status();
        }

        @Override
        public String output() {
            return last.output();
        }

        @Override
        public long rules() {
            return session.rules().live().size();
        }

        @Override
        public OptionalLong counter(String name, String counter) {
            return session.rules().findCounted(name).stream().mapToLong(rule -> switch (counter) {
                case "hits" -> rule.hits();
                case "fired" -> rule.fired();
                case "errors" -> rule.errors();
                case "missed" -> rule.missed();
                default -> throw new IllegalStateException(counter);
            }).findFirst();
        }
    }
}
