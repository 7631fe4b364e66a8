package org.holdfast.agent.internal.loop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.holdfast.agent.internal.home.AgentHome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ids of commands that have been taken, so that none is done twice, over restarts as well. Thread-safe. */
final class CommandLog {
    private static final Logger LOG = LoggerFactory.getLogger(CommandLog.class);
    private static final String FILE = "commands/taken.json";
    private static final int KEPT = 1000;

    private final AgentHome home;
    private final Set<String> taken;

    private record Taken(List<String> ids) {
    }

    CommandLog(AgentHome home) throws IOException {
        this.home = home;
        taken = new LinkedHashSet<>(home.read(FILE, Taken.class).orElse(new Taken(List.of())).ids());
    }

    synchronized boolean contains(String id) {
        return taken.contains(id);
    }

    /** Remembers a command; false when that did not work, and the vault is to say it again. */
    synchronized boolean add(String id) {
        if (!taken.add(id)) {
            return true;
        }
        while (taken.size() > KEPT) {
            taken.remove(taken.iterator().next());
        }
        try {
            home.write(FILE, new Taken(new ArrayList<>(taken)));
            return true;
        } catch (IOException e) {
            taken.remove(id);
            LOG.error("A command cannot be written down and is not acknowledged: {}", e.getMessage());
            return false;
        }
    }
}
