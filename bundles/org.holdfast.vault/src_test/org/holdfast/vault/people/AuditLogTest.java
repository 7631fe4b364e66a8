package org.holdfast.vault.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.holdfast.protocol.people.AuditVerification;
import org.holdfast.protocol.people.AuditView;
import org.holdfast.sql.testkit.EveryDatabase;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.Parallel;
import org.holdfast.vault.TestCatalogs;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.junit.jupiter.api.BeforeEach;

class AuditLogTest {

    private final TestClock clock = TestClock.still();
    private Catalog catalog;
    private AuditLog audit;

    @BeforeEach
    void open(TestDatabase database) {
        catalog = TestCatalogs.open(database);
        audit = new AuditLog(catalog, clock);
    }

    @EveryDatabase
    void isIntactWhenEmpty() {
        AuditVerification result = audit.verify();
        assertTrue(result.intact());
        assertEquals(0, result.entries());
    }

    @EveryDatabase
    void keepsWhatWasAdded() {
        clock.advance(Duration.ofNanos(123_456_789));
        audit.append(AuditEntry.done("anna", "10.0.0.1", "create-vault", "vaults/main", "main", "more"));
        AuditView entry = audit.list(ListRequest.all()).items().getFirst();
        assertEquals(new AuditView(1, clock.instant().truncatedTo(ChronoUnit.MILLIS), "anna",
                "10.0.0.1", "create-vault", "vaults/main", "main", "ok", "more", entry.hash()), entry);
        assertTrue(audit.verify().intact());
    }

    @EveryDatabase
    void numbersWithoutGapsWhateverHappensAtOnce() throws Exception {
        Parallel.run(20, number -> {
            try {
                catalog.run(handle -> {
                    audit.append(handle, entry("a" + number));
                    if (number % 4 == 0) {
                        throw new IllegalStateException("rolled back");
                    }
                });
            } catch (IllegalStateException e) {
                return "failed";
            }
            return "done";
        });
        AuditVerification result = audit.verify();
        assertTrue(result.intact(), result.reason());
        assertEquals(15, result.entries());
        List<AuditView> all = audit.list(new ListRequest(100, null, "seq", List.of())).items();
        for (int i = 0; i < all.size(); i++) {
            assertEquals(i + 1, all.get(i).seq());
        }
    }

    @EveryDatabase
    void noticesEveryChangedField() {
        for (int i = 0; i < 5; i++) {
            audit.append(entry("a" + i));
        }
        for (String change : List.of("actor = 'x'", "origin = 'x'", "action = 'x'", "target = 'x'", "vault = 'x'",
                "result = 'x'", "details = 'x'", "at = at + interval '1' second", "hash = '" + "1".repeat(64) + "'")) {
            assertThrows(RuntimeException.class, () -> catalog.run(handle -> {
                handle.execute("update audit set " + change + " where seq = 3");
                AuditVerification result = audit.verify();
                assertFalse(result.intact(), change);
                assertEquals(3, result.brokenAt(), change);
                throw new IllegalStateException("back again");
            }));
        }
        assertTrue(audit.verify().intact());
    }

    @EveryDatabase
    void noticesWhatIsMissingOrMoved() {
        for (int i = 0; i < 5; i++) {
            audit.append(entry("a" + i));
        }
        brokenAfter(2, "delete from audit where seq = 2");
        brokenAfter(1, "delete from audit where seq = 1");
        brokenAfter(5, "delete from audit where seq = 5");
        brokenAfter(1, "delete from audit");
        brokenAfter(2, "update audit set seq = 9 where seq = 2", "update audit set seq = 2 where seq = 3",
                "update audit set seq = 3 where seq = 9");
        brokenAfter(4, "update audit_head set hash = '" + "2".repeat(64) + "', seq = 4",
                "delete from audit where seq = 5");
    }

    @EveryDatabase
    void findsByFilter() {
        audit.append(entry("anna"));
        audit.append(entry("bert"));
        audit.append(new AuditEntry("bert", "", "x", "y", "", "not-permitted", ""));
        assertEquals(2, audit.list(ListRequest.where("actor=bert")).total());
        assertEquals(1, audit.list(ListRequest.where("actor=bert", "result!=ok")).total());
        assertEquals(3, audit.list(ListRequest.where("actor=bert", "actor=anna")).total());
        assertEquals(2, audit.list(ListRequest.where("actor~=ER")).total());
        assertEquals(List.of(3L, 2L, 1L),
                audit.list(ListRequest.all()).items().stream().map(AuditView::seq).toList());
    }

    @EveryDatabase
    void takesTextOfAnyKind() {
        audit.append(new AuditEntry("x".repeat(1000), "\u0000", "\ud800", "\u00e4\ud83d\ude00\n", "", "ok",
                "\ud83d\ude00".repeat(1500)));
        assertTrue(audit.verify().intact());
        AuditView entry = audit.list(ListRequest.all()).items().getFirst();
        assertEquals("\u00e4\ud83d\ude00?", entry.target());
        assertEquals(200, entry.actor().length());
        assertEquals(2000, entry.details().length());
    }

    private void brokenAfter(long at, String... statements) {
        assertThrows(IllegalStateException.class, () -> catalog.run(handle -> {
            for (String statement : statements) {
                handle.execute(statement);
            }
            AuditVerification result = audit.verify();
            assertFalse(result.intact(), statements[0]);
            assertEquals(at, result.brokenAt(), statements[0]);
            throw new IllegalStateException("back again");
        }));
    }

    private static AuditEntry entry(String actor) {
        return AuditEntry.done(actor, "10.0.0.1", "create-vault", "vaults/main", "main", "");
    }
}
