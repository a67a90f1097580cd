// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

/** Which of the events that are kept are on the screen: the last, as more come, or those that keys have gone back to. */
final class EventWindow {
    enum Move { PAUSE, CLEAR, UP, DOWN, PAGE_UP, PAGE_DOWN, FIRST, LAST }

    /** The numbers of the first on the screen and of the one behind the last. */
    record Part(long from, long to) {}

    /** Events before it were cleared away. */
    private long cleared;
    /** The number behind the lowest on the screen. */
    private long bottom;
    private boolean follows = true;

    /** The screen shows whatever comes. */
    boolean follows() {
        return follows;
    }

    /**
     * @param first the number of the oldest event that is kept
     * @param end the number that the next will have
     * @param room how many the screen shows
     */
    void move(Move move, long first, long end, int room) {
        long now = part(first, end, room).to();
        switch (move) {
            case PAUSE -> {
                follows = !follows;
                bottom = end;
                return;
            }
            case CLEAR -> {
                cleared = end;
                bottom = end;
            }
            case UP -> bottom = now - 1;
            case PAGE_UP -> bottom = now - room;
            case DOWN -> bottom = now + 1;
            case PAGE_DOWN -> bottom = now + room;
            case FIRST -> bottom = 0;
            default -> bottom = end;
        }
        bottom = Math.max(bottom, oldest(first) + room);
        follows = bottom >= end;
    }

    /** What is on the screen now; what has made room meanwhile takes the screen along. */
    Part part(long first, long end, int room) {
        long oldest = oldest(first);
        long to = follows ? end : Math.min(end, Math.max(bottom, oldest + room));
        return new Part(Math.max(oldest, to - room), to);
    }

    private long oldest(long first) {
        return Math.max(first, cleared);
    }
}
