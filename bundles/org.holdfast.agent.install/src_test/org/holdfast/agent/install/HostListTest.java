package org.holdfast.agent.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostListTest {
    @Test
    void oneHostInALine() {
        HostList list = HostList.parse("\ufeffweb-1\n# comment\n\n  admin@db.example:2222  # old one\r\n"
                + "[2001:db8::1]:2200\n2001:db8::2\n");

        assertEquals(List.of(), list.errors());
        assertEquals(List.of("web-1:22", "db.example:2222", "[2001:db8::1]:2200", "[2001:db8::2]:22"),
                list.hosts().stream().map(HostEntry::key).toList());
        assertEquals("admin", list.hosts().get(1).user());
        assertNull(list.hosts().getFirst().user());
    }

    @Test
    void hostsFile() {
        HostList list = HostList.parse("127.0.0.1 localhost\n::1 ip6-localhost ip6-loopback\nff02::1 ip6-allnodes\n"
                + "192.0.2.7\tweb-1 web-1.example # front\n192.0.2.8 web-2\n");

        assertEquals(List.of(), list.errors());
        assertEquals(List.of("192.0.2.7", "192.0.2.8"), list.hosts().stream().map(HostEntry::host).toList());
        assertEquals(List.of("web-1", "web-2"), list.hosts().stream().map(HostEntry::name).toList());
        assertEquals(3, list.notes().size());
    }

    @Test
    void csvWithEverything() {
        HostList list = HostList.parse("Host,Port,User,Folders,Tags,Policy,Proxy,Fingerprint\n"
                + "db-1,2222,root,/srv|/var/lib/data,\"db;prod\",nightly,proxy.example:3128,"
                + "SHA256:" + "a".repeat(43) + "\n\"db-2\",,,,,,none,\n");

        assertEquals(List.of(), list.errors());
        HostEntry first = list.hosts().getFirst();
        assertEquals(new HostEntry("db-1", "db-1", 2222, "root", List.of("/srv", "/var/lib/data"),
                List.of("db", "prod"), "nightly", "proxy.example:3128", "SHA256:" + "a".repeat(43)), first);
        assertEquals("", list.hosts().get(1).proxy());
        assertEquals(22, list.hosts().get(1).port());
    }

    @Test
    void csvWithOtherSeparators() {
        assertEquals(List.of("a:22", "b:2200"), HostList.parse("host;port\na;\nb;2200").hosts().stream()
                .map(HostEntry::key).toList());
        assertEquals(List.of("a:22"),
                HostList.parse("user\thost\nroot\ta").hosts().stream().map(HostEntry::key).toList());
    }

    @Test
    void everyMistakeWithItsLine() {
        HostList list = HostList.parse("host,port,folders\ngood,22,/srv\nbad host,22,\nx,70000,\ny,22,srv\nz,1,2,3,4\n"
                + "\"w,22,\n,22,\n");

        assertEquals(List.of("good"), list.hosts().stream().map(HostEntry::host).toList());
        assertEquals(List.of(3, 4, 5, 6, 7, 8), list.errors().stream().map(HostList.LineError::line).toList());
        assertTrue(list.errors().get(1).message().contains("70000"), list.errors().toString());
        assertTrue(list.errors().get(2).message().contains("absolute"), list.errors().toString());
    }

    @ParameterizedTest
    @CsvSource({ "'a b'", "-oProxyCommand=x", "a:b", "a:0", "'$(id)@a'", "999.1.1.1", "a..b", "[::1", "'a,b,c'",
            "@a" })
    void notAHost(String line) {
        HostList list = HostList.parse(line);

        assertEquals(List.of(), list.hosts());
        assertEquals(1, list.errors().size());
    }

    @Test
    void duplicatesAreJoined() {
        HostList list = HostList.parse("host,tags,user\nWeb-1,a,\nweb-1,b,root\nweb-1:2200,c,\n");

        assertEquals(List.of(), list.errors());
        assertEquals(List.of("web-1:22", "web-1:2200"), list.hosts().stream().map(HostEntry::key).toList());
        assertEquals(List.of("a", "b"), list.hosts().getFirst().tags());
        assertEquals("root", list.hosts().getFirst().user());
        assertEquals(1, list.notes().size());
    }

    @Test
    void contradictionsAreTold() {
        HostList list = HostList.parse("root@a\nadmin@a\n");

        assertEquals(1, list.hosts().size());
        assertTrue(list.errors().getFirst().message().contains("line 1"), list.errors().toString());
    }

    @Test
    void columnsThatAreNone() {
        assertTrue(HostList.parse("host,colour\na,red").errors().getFirst().message().contains("colour"));
        assertTrue(HostList.parse("name,port\na,22").errors().getFirst().message().contains("host"));
        assertEquals(1, HostList.parse("x".repeat(HostList.MAX_CHARACTERS + 1)).errors().size());
    }
}
