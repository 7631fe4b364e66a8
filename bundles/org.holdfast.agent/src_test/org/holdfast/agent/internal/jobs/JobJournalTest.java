package org.holdfast.agent.internal.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.testkit.TempTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobJournalTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private final TempTree tree = new TempTree();

    @AfterEach
    void clean() {
        tree.close();
    }

    private JobJournal open() throws IOException {
        return new JobJournal(AgentHome.open(tree.resolve("home")));
    }

    private static JobEntry entry(String id, Instant created) {
        return JobEntry.of(JobSpec.backup(id, JobTrigger.LOCAL, List.of("/etc"), null), created, false);
    }

    @Test
    void whatIsWrittenIsThereAtTheNextStart() throws IOException {
        JobJournal journal = open();
        assertTrue(journal.add(entry("a", NOW)));
        assertFalse(journal.add(entry("a", NOW)));
        journal.change("a", e -> e.running(NOW));
        journal.change("a", e -> e.ended(JobState.DONE_WITH_WARNINGS, NOW, null, null, Map.of("file-changed", 2L)));

        JobEntry again = open().find("a").orElseThrow();
        assertEquals(journal.find("a").orElseThrow(), again);
        assertEquals(List.of(again), open().unsettled());
    }

    @Test
    void aFinalStateNeverChanges() throws IOException {
        JobJournal journal = open();
        journal.add(entry("a", NOW));
        journal.change("a", e -> e.ended(JobState.CANCELLED, NOW, null, null, Map.of()));
        journal.change("a", e -> e.running(NOW));
        journal.change("a", JobEntry::settledWithVault);

        assertEquals(JobState.CANCELLED, journal.find("a").orElseThrow().state());
        assertTrue(journal.find("a").orElseThrow().settled());
    }

    @Test
    void onlyWhatTheVaultKnowsIsEverForgotten() throws IOException {
        JobJournal journal = open();
        journal.add(entry("unsettled", NOW));
        for (int i = 0; i < 230; i++) {
            String id = UUID.randomUUID().toString();
            journal.add(entry(id, NOW.plusSeconds(i)));
            journal.change(id, e -> e.ended(JobState.DONE, NOW, null, null, Map.of()).settledWithVault());
        }
        assertEquals(201, open().all().size());
        assertTrue(open().find("unsettled").isPresent());
    }

    @Test
    void aDamagedEntryIsPutAside() throws IOException {
        open().add(entry("a", NOW));
        Files.writeString(tree.resolve("home/jobs/b.json"), "{\"spec\":");

        assertEquals(1, open().all().size());
        assertTrue(Files.exists(tree.resolve("home/jobs/b.json.damaged")));
        assertThrows(IllegalArgumentException.class, () -> open().add(entry("../x", NOW)));
    }
}
