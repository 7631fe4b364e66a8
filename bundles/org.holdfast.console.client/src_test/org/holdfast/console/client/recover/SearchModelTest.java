package org.holdfast.console.client.recover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.holdfast.api.vault.FindRequest;
import org.holdfast.console.client.VaultConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SearchModelTest {
    private final RecoverFixture f = new RecoverFixture();
    private final VaultConnection connection = f.connect();
    private final SearchModel search = new SearchModel(f.ui, () -> {
    });

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void showsHitsWhileItRuns() {
        f.vault.finding.shut();
        search.start(connection, FindRequest.of("*report*"));
        f.ui.until("first hit", () -> search.size() == 1);
        assertEquals(SearchModel.State.RUNNING, search.state());
        assertEquals(f.newer.summary(), search.row(0).hit().point());
        f.vault.finding.open();
        f.ui.until("done", () -> search.state() == SearchModel.State.DONE);
        assertEquals(2, search.size());
        assertFalse(search.isLimited());
    }

    @Test
    void cancelKeepsHitsAndStopsTheVault() {
        f.vault.finding.shut();
        search.start(connection, FindRequest.of("*report*"));
        f.ui.until("first hit", () -> search.size() == 1);
        search.cancel();
        assertEquals(SearchModel.State.CANCELLED, search.state());
        assertEquals(1, search.size());
        f.ui.until("the vault stopped", () -> f.vault.finding.waiting() == 0);
    }

    @Test
    void aNewSearchForgetsTheOldOne() {
        f.vault.finding.shut();
        search.start(connection, FindRequest.of("*report*"));
        f.ui.until("first hit", () -> search.size() == 1);
        search.start(connection, FindRequest.of("*zebra*"));
        f.vault.finding.open();
        f.ui.until("done", () -> search.state() == SearchModel.State.DONE);
        assertEquals("Zebra.txt", search.row(0).hit().entry().name());
        assertEquals(2, search.size());
        assertEquals(2, f.vault.searches().size());
    }

    @Test
    void aFailureIsTold() {
        f.vaults.close(connection).join();
        search.start(connection, FindRequest.of("x"));
        f.ui.until("ended", () -> search.state() != SearchModel.State.RUNNING);
        assertEquals(SearchModel.State.CANCELLED, search.state());
        search.clear();
        assertEquals(SearchModel.State.IDLE, search.state());
        assertEquals(0, search.size());
    }

    @Test
    void understandsWhatPeopleType() {
        assertEquals("*report*", NameFilter.toGlob(" report "));
        assertEquals("*.ods", NameFilter.toGlob("*.ods"));
        assertEquals("/srv/a", NameFilter.toGlob("/srv/a"));
        assertEquals("**/*a/b*", NameFilter.toGlob("a/b"));
        assertTrue(NameFilter.matching("rep?rt*").test("Report.ods"));
        assertFalse(NameFilter.matching("Rep?rt*").test("report.ods"));
        assertTrue(NameFilter.matching("a.b").test("xa.by"));
        assertFalse(NameFilter.matching("a.b").test("aXb"));
        assertTrue(List.of("", "  ").stream().allMatch(t -> NameFilter.matching(t).test("anything")));
    }
}
