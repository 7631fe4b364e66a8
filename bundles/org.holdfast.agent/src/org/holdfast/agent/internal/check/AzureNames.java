package org.holdfast.agent.internal.check;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;

import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** What name servers say of a host. */
@FunctionalInterface
interface AzureNames {
    /**
     * An answer.
     *
     * @param addresses at least one
     * @param aliases the names that it stands for, one after the other; empty when it has none or nobody tells
     */
    record Found(List<InetAddress> addresses, List<String> aliases) {
    }

    Found find(String host) throws UnknownHostException;

    /** Asks the name servers of this machine. */
    static AzureNames ofThisMachine() {
        return host -> new Found(List.of(InetAddress.getAllByName(host)), aliases(host));
    }

    /** Java's resolver keeps aliases to itself; the directory service for names tells them. */
    private static List<String> aliases(String host) {
        List<String> all = new ArrayList<>();
        var settings = new Hashtable<String, String>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        settings.put("com.sun.jndi.dns.timeout.initial", "1000");
        settings.put("com.sun.jndi.dns.timeout.retries", "1");
        try {
            var names = new InitialDirContext(settings);
            try {
                String next = host;
                while (all.size() < 8) {
                    Attribute alias = names.getAttributes(next, new String[] { "CNAME" }).get("CNAME");
                    if (alias == null) {
                        break;
                    }
                    next = String.valueOf(alias.get()).replaceFirst("\\.$", "");
                    all.add(next);
                }
            } finally {
                names.close();
            }
        } catch (NamingException | RuntimeException e) {
            return all; // only a hint is lost: the addresses say enough
        }
        return all;
    }
}
