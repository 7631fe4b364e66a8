package org.holdfast.agent.internal.home;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/**
 * What tells one machine from a copy of its disk: hashes of the hardware's id and of the addresses of its network
 * cards, and of the system's own id. Neither name nor network address is among them, so renaming or moving a server
 * into another network changes nothing.
 *
 * @param system hash of the system's machine id, empty when there is none (a copied disk has the same)
 * @param product hash of the hardware's or virtual machine's id, empty when it cannot be read
 * @param cards hashes of the hardware addresses of network cards
 */
public record MachineHints(String system, String product, Set<String> cards) {
    /** Virtual bridges, tunnels and containers make addresses at every start. */
    private static final String PASSING = "(lo|docker|veth|virbr|br-|tun|tap|cni|flannel|cali|dummy|bond|wg).*";
    private static final int HASH_CHARACTERS = 24;

    /** Takes copies. */
    public MachineHints {
        cards = Set.copyOf(cards);
    }

    /** Hints about this machine; what cannot be read is left out. */
    public static MachineHints ofThisMachine() {
        return new MachineHints(hashOf(Path.of("/etc/machine-id")), hashOf(Path.of("/sys/class/dmi/id/product_uuid")),
                cardsHere());
    }

    /**
     * Whether this is another machine than the one of the earlier hints. The hardware's id decides where both know it;
     * else all network cards must have changed, since a single one may have been replaced.
     */
    public boolean differsFrom(MachineHints earlier) {
        if (!product.isEmpty() && !earlier.product.isEmpty()) {
            return !product.equals(earlier.product);
        }
        if (cards.isEmpty() || earlier.cards.isEmpty()) {
            return !system.isEmpty() && !earlier.system.isEmpty() && !system.equals(earlier.system);
        }
        var common = new HashSet<>(cards);
        common.retainAll(earlier.cards);
        return common.isEmpty();
    }

    private static Set<String> cardsHere() {
        Set<String> found = new TreeSet<>();
        try {
            var all = NetworkInterface.getNetworkInterfaces();
            while (all != null && all.hasMoreElements()) {
                var one = all.nextElement();
                byte[] address = one.getHardwareAddress();
                if (address != null && !one.isVirtual() && !one.getName().matches(PASSING)) {
                    found.add(hash(address));
                }
            }
        } catch (SocketException e) {
            // No hint then; the others have to do.
            return Set.of();
        }
        return found;
    }

    private static String hashOf(Path file) {
        try {
            return hash(Files.readString(file).strip().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return "";
        }
    }

    private static String hash(byte[] value) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update("holdfast/v1/machine-hint".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(value)).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
