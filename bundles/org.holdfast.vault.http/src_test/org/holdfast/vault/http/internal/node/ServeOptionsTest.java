package org.holdfast.vault.http.internal.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeOptionsTest {

    @TempDir
    private Path folder;

    private static ServeOptions parse(String... arguments) {
        return ServeOptions.parse(List.of(arguments), "backup.example");
    }

    @Test
    void theDataFolderIsEnough() {
        var options = parse("serve", "--data", folder.toString());
        var settings = options.settings();
        assertEquals(folder, settings.dataFolder());
        assertEquals("0.0.0.0", settings.host());
        assertEquals(8443, settings.port());
        assertEquals(folder.resolve("store"), settings.storeFolder());
        assertTrue(settings.catalog().isEmbedded());
        assertEquals(List.of("backup.example:8443"), settings.publicAddresses());
        assertFalse(options.check());
        assertNull(options.readyFile());
    }

    @Test
    void everythingCanBeGiven() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "geheim\nmore\n");
        var options = parse("--data=" + folder, "--listen", "127.0.0.1:9443", "--address", "vault.example", "--address",
                "[2001:db8::1]:443", "--catalog=jdbc:postgresql://db/holdfast?x=y", "--catalog-user", "holdfast",
                "--catalog-password-file", password.toString(), "--store", "/srv/objects", "--check", "--ready-file",
                "ready");
        var settings = options.settings();
        assertEquals("127.0.0.1", settings.host());
        assertEquals(9443, settings.port());
        assertEquals(List.of("vault.example:9443", "[2001:db8::1]:443"), settings.publicAddresses());
        assertEquals("jdbc:postgresql://db/holdfast?x=y", settings.catalog().jdbcUrl());
        assertEquals("holdfast", settings.catalog().user());
        assertEquals("geheim", settings.catalog().password());
        assertEquals(Path.of("/srv/objects"), settings.storeFolder());
        assertTrue(options.check());
        assertEquals(Path.of("ready").toAbsolutePath(), options.readyFile());
    }

    @Test
    void theAddressIsTheOneListenedAtWhenItIsOne() {
        assertEquals(List.of("127.0.0.1:8443"),
                parse("--data", "d", "--listen", "127.0.0.1").settings().publicAddresses());
    }

    @Test
    void anyFreePortIsTheSameEverywhere() throws IOException {
        var settings = parse("--data", "d", "--listen", "127.0.0.1:0", "--address", "vault.example", "--address",
                "vault.example:443").withRealPort().settings();
        assertTrue(settings.port() > 0, () -> "port " + settings.port());
        assertEquals(List.of("vault.example:" + settings.port(), "vault.example:443"), settings.publicAddresses());
        assertEquals(7, parse("--data", "d", "--listen", "127.0.0.1:7").withRealPort().settings().port());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--listen 1.2.3.4:1|--data is missing: the folder that the node keeps its own files in",
            "--data|--data needs a value", "--data a --data b|--data is given twice",
            "--dato a|there is no option '--dato'", "backup --data a|there is no option 'backup'",
            "--data a --listen h:99999|'h:99999' does not end with a port from 0 to 65535",
            "--data a --listen h:x|'h:x' does not end with a port from 0 to 65535",
            "--data a --listen a/b|'a/b' is not an address of the form HOST:PORT",
            "--data a --catalog-user u|--catalog-user and --catalog-password-file go with --catalog",
            "--data a --catalog jdbc:mysql:x|the catalogue is kept in H2 or PostgreSQL, not in jdbc:mysql:x" })
    void whatIsWrongIsSaid(String line, String message) {
        var wrong = assertThrows(IllegalArgumentException.class, () -> parse(line.split(" ")));
        assertEquals(message, wrong.getMessage());
    }

    @ParameterizedTest
    @CsvSource({ "h, h, 7, h:7", "h:1, h, 1, h:1", ":1, 0.0.0.0, 1, 0.0.0.0:1", "::1, ::1, 7, [::1]:7",
            "[::1], ::1, 7, [::1]:7", "[::]:0, ::, 0, [::]:0" })
    void addresses(String text, String host, int port, String again) {
        var address = HostPort.parse(text, 7);
        assertEquals(new HostPort(host, port), address);
        assertEquals(again, address.toString());
    }

    @Test
    void theInnermostReasonIsTold() {
        assertEquals("the catalogue is in use", NodeComponents.reason("""
                org.osgi.service.component.ComponentException: cannot make it
                \tat a.B.c(B.java:1)
                Caused by: org.holdfast.api.HoldfastException: the catalogue is in use
                \tat d.E.f(E.java:2)
                \t... 3 more
                """).findFirst().orElseThrow());
    }
}
