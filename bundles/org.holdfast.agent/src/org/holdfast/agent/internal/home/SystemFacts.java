package org.holdfast.agent.internal.home;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the system says about itself; asked anew each time, because all of it may change while the agent runs. */
public class SystemFacts {
    /** Version of this program. */
    public static final String VERSION = ProgramVersion.numbers();
    private static final int MOST_ADDRESSES = 20;

    /** As the system calls itself. */
    public String hostname() {
        try {
            Path file = Path.of("/proc/sys/kernel/hostname");
            return Files.isReadable(file) ? Files.readString(file).strip() : InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        } catch (IOException e) {
            return "localhost";
        }
    }

    /** Name and version of the system. */
    public String os() {
        Path release = Path.of("/etc/os-release");
        if (Files.isReadable(release)) {
            try {
                for (String line : Files.readAllLines(release)) {
                    if (line.startsWith("PRETTY_NAME=")) {
                        return line.substring("PRETTY_NAME=".length()).replace("\"", "");
                    }
                }
            } catch (IOException e) {
                // What Java says has to do.
                return java();
            }
        }
        return java();
    }

    private static String java() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version");
    }

    /** Addresses others may reach it by. */
    public List<String> addresses() {
        List<String> found = new ArrayList<>();
        try {
            for (NetworkInterface one : NetworkInterface.networkInterfaces().toList()) {
                if (one.isUp() && !one.isLoopback()) {
                    one.inetAddresses().filter(a -> !a.isLinkLocalAddress() && found.size() < MOST_ADDRESSES)
                            .forEach(a -> found.add(a.getHostAddress().replaceFirst("%.*", "")));
                }
            }
        } catch (SocketException e) {
            return List.copyOf(found);
        }
        return List.copyOf(found);
    }

    /** What tells this machine from a copy of its disk. */
    public MachineHints hints() {
        return MachineHints.ofThisMachine();
    }
}
