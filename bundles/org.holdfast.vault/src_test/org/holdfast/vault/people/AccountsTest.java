package org.holdfast.vault.people;

import static org.holdfast.vault.Parallel.codeOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.crypto.PasswordHash;
import org.holdfast.protocol.people.ChangePassword;
import org.holdfast.protocol.people.ChangeUser;
import org.holdfast.protocol.people.CreateUser;
import org.holdfast.protocol.people.UserView;
import org.holdfast.sql.testkit.EveryDatabase;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.Parallel;
import org.holdfast.vault.TestCatalogs;
import org.holdfast.vault.catalog.ListRequest;
import org.junit.jupiter.api.BeforeEach;

class AccountsTest {

    private static final String GOOD = "correct horse battery";
    private static final Set<Role> ADMIN = Set.of(Role.ADMINISTRATOR);
    private static final Set<Role> OFFICER = Set.of(Role.SECURITY_OFFICER);

    private final TestClock clock = TestClock.still();
    private Accounts accounts;

    @BeforeEach
    void open(TestDatabase database) {
        accounts = new Accounts(TestCatalogs.open(database), clock, new Passwords(new PasswordHash(64, 1, 1)));
        create("boss", ADMIN, "administrator");
    }

    @EveryDatabase
    void makesAndChangesAccounts() {
        UserView anna =
                accounts.create(new CreateUser("anna", " Anna B. ", List.of("reader", "operator"), GOOD), ADMIN);
        assertEquals(List.of("operator", "reader"), anna.roles());
        assertEquals("Anna B.", anna.fullName());
        assertTrue(anna.mustChange());
        UserView changed = accounts.change("anna", new ChangeUser("Anna C.", null, null), anna.version(), ADMIN);
        assertEquals("Anna C.", changed.fullName());
        assertEquals(changed, accounts.get("anna"));
        assertEquals("changed-meanwhile",
                codeOf(() -> accounts.change("anna", new ChangeUser("X", null, null), anna.version(), ADMIN)));
        assertEquals("changed-meanwhile", codeOf(() -> accounts.delete("anna", anna.version(), ADMIN)));
        accounts.delete("anna", changed.version(), ADMIN);
        assertEquals("not-found", codeOf(() -> accounts.get("anna")));
    }

    @EveryDatabase
    void refusesWhatCannotBe() {
        for (String name : List.of("", "a", "Anna", "1abc", "a b", "a/b", "../x", "x".repeat(65), "\u00e4nna")) {
            assertEquals("invalid-request", codeOf(() -> create(name, ADMIN, "reader")), name);
        }
        assertEquals("user-exists", codeOf(() -> create("boss", ADMIN, "reader")));
        assertEquals("invalid-request", codeOf(() -> create("anna", ADMIN)));
        assertEquals("invalid-request", codeOf(() -> create("anna", ADMIN, "root")));
        assertEquals("roles-conflict", codeOf(() -> create("anna", ADMIN, "administrator", "security-officer")));
        for (String password : List.of("", "short", "12345678901", "a".repeat(257), "aaaaaaaaaaaaaaaa", "annaannaanna",
                "with\u0007control characters")) {
            assertEquals("password-refused", codeOf(
                    () -> accounts.create(new CreateUser("anna", null, List.of("reader"), password), ADMIN)), password);
        }
        assertEquals("invalid-request", codeOf(() -> accounts
                .create(new CreateUser("anna", "x".repeat(201), List.of("reader"), GOOD), ADMIN)));
    }

    @EveryDatabase
    void keepsAnAdministrator() throws Exception {
        assertEquals("last-administrator", codeOf(() -> change("boss", null, true)));
        assertEquals("last-administrator", codeOf(() -> change("boss", List.of("reader"), null)));
        assertEquals("last-administrator",
                codeOf(() -> accounts.delete("boss", accounts.get("boss").version(), ADMIN)));
        create("boss2", ADMIN, "administrator");
        long first = accounts.get("boss").version();
        long second = accounts.get("boss2").version();
        List<String> codes = Parallel.run(2, number -> codeOf(() -> accounts.delete(number == 0 ? "boss" : "boss2",
                number == 0 ? first : second, ADMIN)));
        assertTrue(codes.contains("ok") && codes.contains("last-administrator"), codes.toString());
    }

    @EveryDatabase
    void leavesSecurityOfficersToSecurityOfficers() {
        create("sara", ADMIN, "security-officer");
        assertEquals("security-officers-only", codeOf(() -> create("mole", ADMIN, "security-officer")));
        create("mole", ADMIN, "reader");
        assertEquals("security-officers-only", codeOf(() -> change("mole", List.of("security-officer"), null)));
        assertEquals("security-officers-only", codeOf(() -> change("sara", null, true)));
        assertEquals("security-officers-only",
                codeOf(() -> accounts.delete("sara", accounts.get("sara").version(), ADMIN)));
        SignedIn boss = new SignedIn("boss", "", ADMIN, false, "", clock.instant());
        assertEquals("security-officers-only",
                codeOf(() -> accounts.setPassword("sara", new ChangePassword(null, GOOD + "1"), boss)));
        create("sam", OFFICER, "security-officer");
        accounts.delete("sara", accounts.get("sara").version(), OFFICER);
        assertEquals("not-permitted", codeOf(() -> create("other", OFFICER, "administrator")));
        assertEquals("not-permitted", codeOf(() -> accounts.delete("mole", accounts.get("mole").version(), OFFICER)));
    }

    @EveryDatabase
    void needsTheOldPasswordForOnesOwn() {
        SignedIn boss = new SignedIn("boss", "", ADMIN, false, "", clock.instant());
        assertEquals("password-wrong",
                codeOf(() -> accounts.setPassword("boss", new ChangePassword(null, GOOD + "1"), boss)));
        assertEquals("password-wrong",
                codeOf(() -> accounts.setPassword("boss", new ChangePassword("wrong", GOOD + "1"), boss)));
        accounts.setPassword("boss", new ChangePassword(GOOD, GOOD + "1"), boss);
        assertFalse(accounts.get("boss").mustChange());
    }

    @EveryDatabase
    void listsInPages() {
        for (int i = 0; i < 7; i++) {
            create("user" + i, ADMIN, i % 2 == 0 ? "reader" : "operator");
        }
        var first = accounts.list(new ListRequest(5, null, "-name", List.of()));
        assertEquals(8, first.total());
        var second = accounts.list(new ListRequest(5, first.next(), "-name", List.of()));
        assertEquals(List.of("user1", "user0", "boss"), second.items().stream().map(UserView::name).toList());
        assertEquals(4, accounts.list(ListRequest.where("roles~=read")).total());
    }

    private void create(String name, Set<Role> by, String... roles) {
        accounts.create(new CreateUser(name, null, List.of(roles), GOOD), by);
    }

    private void change(String name, @Nullable List<String> roles, @Nullable Boolean disabled) {
        accounts.change(name, new ChangeUser(null, roles, disabled), accounts.get(name).version(), ADMIN);
    }
}
