package org.holdfast.agent.internal.home;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program's version comes from its bundle. */
class ProgramVersionTest {
    @TempDir
    private Path folder;

    private String read(String manifest) throws IOException {
        Files.createDirectories(folder.resolve("META-INF"));
        Files.writeString(folder.resolve("META-INF/MANIFEST.MF"), "Manifest-Version: 1.0\n" + manifest);
        try (var loader = new URLClassLoader(new URL[] { folder.toUri().toURL() }, null)) {
            return ProgramVersion.read(loader);
        }
    }

    @Test
    void isTheBundles() throws IOException {
        assertEquals("1.2.3.202611231100", read("Bundle-SymbolicName: org.holdfast.agent;singleton:=true\n"
                + "Bundle-Version: 1.2.3.202611231100\n"));
        assertEquals(ProgramVersion.DEVELOPMENT, read("Bundle-SymbolicName: org.other\nBundle-Version: 9.9.9\n"));
        assertEquals(ProgramVersion.DEVELOPMENT, read("Bundle-SymbolicName: org.holdfast.agent\n"));
    }

    @Test
    void isToldWithoutTheBuild() {
        assertEquals("1.2.3", ProgramVersion.numbers("1.2.3.202611231100"));
        assertEquals("1.2.3", ProgramVersion.numbers("1.2.3"));
        assertEquals("1.2.3", ProgramVersion.numbers("1.2.3.qualifier"));
        assertEquals(ProgramVersion.DEVELOPMENT, ProgramVersion.numbers(ProgramVersion.DEVELOPMENT));
    }
}
