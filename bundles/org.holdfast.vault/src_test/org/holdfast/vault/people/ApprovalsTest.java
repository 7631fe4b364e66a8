package org.holdfast.vault.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.holdfast.crypto.PasswordHash;
import org.holdfast.protocol.people.ApprovalView;
import org.holdfast.protocol.people.CreateUser;
import org.holdfast.sql.testkit.EveryDatabase;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.TestCatalogs;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.junit.jupiter.api.BeforeEach;

/** Requests for a second person, on both databases. */
class ApprovalsTest {
    private static final Set<Role> ADMIN = Set.of(Role.ADMINISTRATOR);

    private final TestClock clock = TestClock.still();
    private final List<String> told = new ArrayList<>();
    private Approvals approvals;
    private SignIn signIn;
    private SecurityPins pins;
    private Accounts accounts;
    private int done;

    @BeforeEach
    void open(TestDatabase database) {
        Catalog catalog = TestCatalogs.open(database);
        Passwords passwords = new Passwords(new PasswordHash(64, 1, 1));
        accounts = new Accounts(catalog, clock, passwords);
        signIn = new SignIn(catalog, clock, passwords, new AuditLog(catalog, clock), new AddressThrottle(clock));
        pins = new SecurityPins(catalog, clock, signIn);
        pins.setRequired(false);
        approvals = new Approvals(catalog, clock, pins, List.of(new ApprovalListener() {
            @Override
            public void waiting(ApprovalView request) {
                told.add("waiting " + request.what());
            }

            @Override
            public void settled(String id) {
                told.add("settled");
            }
        }));
        accounts.create(new CreateUser("ada", "Ada", List.of("administrator"), "a long enough secret"), ADMIN);
    }

    private void officer() {
        accounts.create(new CreateUser("olga", "Olga", List.of("security-officer"), "a long enough secret"), ADMIN);
    }

    private void destroy(String by, Set<Role> roles, String what) throws Exception {
        destroy(by, roles, what, "");
    }

    private void destroy(String by, Set<Role> roles, String what, String pin) throws Exception {
        approvals.guard(by, roles, "destroy", "x", "main", pin, () -> {
            Critical.require(what);
            return ++done;
        });
    }

    private String needed(String by, String what) {
        Refusal refusal = assertThrows(Refusal.class, () -> destroy(by, ADMIN, what));
        assertEquals("approval-needed", refusal.code());
        return approvals.list(ListRequest.where("requestedBy=" + by, "state=pending")).items().getFirst().id();
    }

    private String pin() {
        return pins.issue(new SignedIn("ada", "Ada", ADMIN, false, "hash", clock.instant().plusSeconds(60)),
                "a long enough secret", "10.0.0.1").pin();
    }

    private String refused(String pin) {
        return assertThrows(Refusal.class, () -> destroy("ada", ADMIN, "destroy it", pin)).code();
    }

    @EveryDatabase
    void withoutAnOfficerAPinIsGoodForOneCall() throws Exception {
        pins.setRequired(true);
        assertEquals("pin-needed", refused(""));
        assertEquals("pin-wrong", refused("12345678"));
        String first = pin();
        String second = pin();
        if (!first.equals(second)) {
            assertEquals("pin-wrong", refused(first));
        }
        destroy("ada", ADMIN, "destroy it", second);
        assertEquals("pin-wrong", refused(second));
        assertEquals(1, done);

        String late = pin();
        clock.advance(SecurityPins.LIFE);
        assertEquals("pin-wrong", refused(late));
        String guessed = pin();
        for (int i = 0; i < 5; i++) {
            assertEquals("pin-wrong", refused("x" + i));
        }
        assertEquals("pin-wrong", refused(guessed));
        String others = pin();
        assertEquals("pin-wrong", assertThrows(Refusal.class, () -> destroy("rita", ADMIN, "destroy it", others))
                .code());
        assertEquals(1, done);

        assertEquals("sign-in-failed", assertThrows(Refusal.class, () -> pins.issue(new SignedIn("ada", "Ada", ADMIN,
                false, "hash", clock.instant().plusSeconds(60)), "something else", "10.0.0.1")).code());
        // To do without is critical itself.
        assertEquals("pin-needed", assertThrows(Refusal.class, () -> approvals.guard("ada", ADMIN, "set-security", "x",
                "", "", () -> {
                    pins.setRequired(false);
                    return 0;
                })).code());
        assertTrue(pins.required());
        officer();
        needed("ada", "destroy it");
    }

    @EveryDatabase
    void nobodyIsAskedBeforeThereIsAnOfficerAndOutsideOfCalls() throws Exception {
        destroy("ada", ADMIN, "destroy it");
        officer();
        Critical.require("destroy it");
        destroy("olga", Set.of(Role.SECURITY_OFFICER), "destroy it");
        assertEquals(2, done);
        assertEquals(List.of(), told);
    }

    @EveryDatabase
    void anApprovalIsForOnePersonOneThingAndOnce() throws Exception {
        officer();
        String id = needed("ada", "destroy it");
        assertEquals("same-person", assertThrows(Refusal.class, () -> approvals.decide(id, true, "", "ada")).code());
        assertEquals("approved", approvals.decide(id, true, "yes", "olga").state());
        assertEquals("request-over", assertThrows(Refusal.class, () -> approvals.decide(id, false, "", "olga"))
                .code());
        needed("ada", "destroy more");
        needed("bob", "destroy it");
        destroy("ada", ADMIN, "destroy it");
        assertEquals(1, done);
        assertEquals("used", approvals.get(id).state());
        assertFalse(needed("ada", "destroy it").equals(id));
        assertTrue(told.containsAll(List.of("waiting destroy it", "settled")), told.toString());
    }

    @EveryDatabase
    void whatFailsKeepsItsApproval() throws Exception {
        officer();
        approvals.decide(needed("ada", "destroy it"), true, "", "olga");
        assertThrows(IllegalStateException.class,
                () -> approvals.guard("ada", ADMIN, "destroy", "x", "main", "", () -> {
                    Critical.require("destroy it");
                    throw new IllegalStateException("the store is away");
                }));
        destroy("ada", ADMIN, "destroy it");
        assertEquals(1, done);
    }

    @EveryDatabase
    void requestsAndApprovalsExpire() {
        officer();
        String id = needed("ada", "destroy it");
        clock.advance(Approvals.WAITS);
        assertEquals("expired", approvals.get(id).state());
        assertThrows(Refusal.class, () -> approvals.decide(id, true, "", "olga"));
        String second = needed("ada", "destroy it");
        assertFalse(second.equals(id));
        approvals.decide(second, true, "", "olga");
        clock.advance(Approvals.HOLDS.plus(Duration.ofSeconds(1)));
        needed("ada", "destroy it");
        approvals.tidy();
        assertEquals("expired", approvals.get(second).state());
    }
}
