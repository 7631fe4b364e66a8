package org.holdfast.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class MoreMemoryTest {
    @Test
    void dropsLimitsOfTheHeapAndKeepsTheRest() {
        var more = new MoreMemory(Map.of(), "a.Main");
        assertEquals(List.of("java", "-XX:+UseSerialGC", "-Dx=y", "-cp", "a.jar:b.jar", "a.Main", "backup", "v w"),
                more.command("java", List.of("-XX:+UseSerialGC", "-Xms16m", "-Xmx64m", "-XX:AOTCache=c", "-Dx=y"),
                        "a.jar:b.jar", List.of("backup", "v w")));
    }

    @Test
    void triesOnlyOnce() {
        assertTrue(new MoreMemory(Map.of(MoreMemory.RAISED, "yes"), "a.Main").run(List.of("backup")).isEmpty());
    }
}
