// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.shell.terminal.EventWindow.Move;
import dev.regsh.shell.terminal.EventWindow.Part;
import org.junit.jupiter.api.Test;

/** A screen of ten of a hundred events. */
class EventWindowTest {
    private static final int ROOM = 10;
    private final EventWindow window = new EventWindow();

    private Part after(Move move) {
        window.move(move, 0, 100, ROOM);
        return window.part(0, 100, ROOM);
    }

    @Test
    void itFollowsWhatComes() {
        assertEquals(new Part(0, 3), window.part(0, 3, ROOM));
        assertEquals(new Part(90, 100), window.part(0, 100, ROOM));
        assertTrue(window.follows());
    }

    @Test
    void keysGoBackAndForth() {
        assertEquals(new Part(80, 90), after(Move.PAGE_UP));
        assertEquals(new Part(79, 89), after(Move.UP));
        assertEquals(new Part(80, 90), after(Move.DOWN));
        assertFalse(window.follows());
        assertEquals(new Part(0, 10), after(Move.FIRST));
        assertEquals(new Part(0, 10), after(Move.UP), "there is nothing before the first");
        assertEquals(new Part(10, 20), after(Move.PAGE_DOWN));
        assertEquals(new Part(90, 100), after(Move.LAST));
        assertTrue(window.follows());
        after(Move.PAGE_UP);
        after(Move.PAGE_DOWN);
        assertTrue(window.follows(), "at the end it follows again");
    }

    @Test
    void whatComesMovesNothingThatIsLookedAt() {
        after(Move.PAGE_UP);
        assertEquals(new Part(80, 90), window.part(0, 150, ROOM));
        window.move(Move.PAUSE, 0, 150, ROOM);
        assertEquals(new Part(150, 160), window.part(0, 160, ROOM), "followed again");
        window.move(Move.PAUSE, 0, 160, ROOM);
        assertEquals(new Part(150, 160), window.part(0, 300, ROOM), "stopped at the end");
    }

    @Test
    void whatIsGoneTakesTheScreenAlong() {
        after(Move.FIRST);
        assertEquals(new Part(50, 60), window.part(50, 150, ROOM));
        window.move(Move.DOWN, 50, 150, ROOM);
        assertEquals(new Part(51, 61), window.part(50, 150, ROOM));
    }

    @Test
    void clearedEventsAreNotSeenAgain() {
        after(Move.CLEAR);
        assertEquals(new Part(100, 100), window.part(0, 100, ROOM));
        assertEquals(new Part(100, 104), window.part(0, 104, ROOM));
        window.move(Move.FIRST, 0, 104, ROOM);
        assertEquals(new Part(100, 104), window.part(0, 104, ROOM));
        assertTrue(window.follows());
    }
}
