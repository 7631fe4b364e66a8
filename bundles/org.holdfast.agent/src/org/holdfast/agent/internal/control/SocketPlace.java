package org.holdfast.agent.internal.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.SafeFile;

/**
 * Where the socket is: in the agent's folder, which nobody else may enter, or, when that path is longer than a socket's
 * may be (108 bytes with Linux), in a folder of its own whose path is written down there.
 */
final class SocketPlace {
    private static final String SOCKET = "control.sock";
    private static final String ELSEWHERE = "control.path";
    private static final int LONGEST = 100;

    private SocketPlace() {
    }

    /** A place for a new socket; what is left of an older one is removed. */
    static Path make(AgentHome home) throws IOException {
        Path socket = home.resolve(SOCKET);
        Files.deleteIfExists(socket);
        SafeFile.delete(home.resolve(ELSEWHERE));
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
            return socket;
        }
        Path folder = Files.createTempDirectory("holdfast");
        home.writeText(home.resolve(ELSEWHERE), folder.toString());
        return folder.resolve(SOCKET);
    }

    /** The socket of a running agent. */
    static UnixDomainSocketAddress find(AgentHome home) throws IOException {
        var elsewhere = SafeFile.read(home.resolve(ELSEWHERE));
        Path folder = elsewhere.isPresent() ? Path.of(new String(elsewhere.get(), StandardCharsets.UTF_8))
                : home.root();
        return UnixDomainSocketAddress.of(folder.resolve(SOCKET));
    }

    /** Removes the socket and its folder. */
    static void remove(AgentHome home, Path socket) throws IOException {
        Files.deleteIfExists(socket);
        if (!home.root().equals(socket.getParent())) {
            Files.deleteIfExists(socket.getParent());
            SafeFile.delete(home.resolve(ELSEWHERE));
        }
    }
}
