package org.holdfast.vault.people;

import static org.holdfast.vault.Parallel.codeOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import org.holdfast.crypto.PasswordHash;
import org.holdfast.protocol.people.ChangePassword;
import org.holdfast.protocol.people.ChangeUser;
import org.holdfast.protocol.people.CreateUser;
import org.holdfast.protocol.people.LoginAnswer;
import org.holdfast.sql.testkit.EveryDatabase;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.Parallel;
import org.holdfast.vault.TestCatalogs;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.people.UserTable;
import org.junit.jupiter.api.BeforeEach;

class SignInTest {

    private static final String GOOD = "correct horse battery";
    private static final String ORIGIN = "10.0.0.9";

    private final TestClock clock = TestClock.still();
    private final Passwords passwords = new Passwords(new PasswordHash(64, 1, 1));
    private Catalog catalog;
    private AuditLog audit;
    private SignIn signIn;
    private Accounts accounts;

    @BeforeEach
    void open(TestDatabase database) {
        catalog = TestCatalogs.open(database);
        audit = new AuditLog(catalog, clock);
        signIn = new SignIn(catalog, clock, passwords, audit, new AddressThrottle(clock));
        accounts = new Accounts(catalog, clock, passwords);
        accounts.create(new CreateUser("anna", "Anna", List.of("operator"), GOOD), Set.of(Role.ADMINISTRATOR));
    }

    @EveryDatabase
    void letsInWithTheRightPassword() {
        LoginAnswer answer = signIn.login("anna", GOOD, ORIGIN);
        assertEquals(clock.instant().plus(Duration.ofHours(12)), answer.expires());
        SignedIn who = signIn.authenticate(answer.token());
        assertEquals("anna", who.user());
        assertEquals(Set.of(Role.OPERATOR), who.roles());
        assertTrue(who.mustChange());
        assertEquals(clock.instant(), accounts.get("anna").lastLogin());
        catalog.run(
                handle -> assertEquals(0, handle.createQuery("select count(*) from user_tokens where token_hash = :t")
                        .bind("t", answer.token()).mapTo(Integer.class).one()));
    }

    @EveryDatabase
    void makesTheFirstAdministratorOnce() {
        assertTrue(signIn.first().isEmpty());
        catalog.run(handle -> handle.execute("delete from users"));
        FirstAdministrator first = signIn.first().orElseThrow();
        assertTrue(signIn.first().isEmpty());
        LoginAnswer answer = signIn.login(first.name(), first.secret(), ORIGIN);
        assertTrue(answer.mustChange());
        SignedIn who = signIn.authenticate(answer.token());
        assertEquals("password-refused", codeOf(() -> accounts.setPassword("admin",
                new ChangePassword(first.secret(), first.secret()), who)));
        assertEquals("not-permitted",
                codeOf(() -> accounts.setPassword("anna", new ChangePassword(null, GOOD + "1"), who)));
        accounts.setPassword("admin", new ChangePassword(first.secret(), GOOD), who);
        assertEquals("token-invalid", codeOf(() -> signIn.authenticate(answer.token())));
        assertEquals("sign-in-failed", codeOf(() -> signIn.login("admin", first.secret(), ORIGIN)));
        assertFalse(signIn.login("admin", GOOD, ORIGIN).mustChange());
    }

    @EveryDatabase
    void rescuesTheAdministratorWhateverBecameOfTheAccount() {
        FirstAdministrator made = signIn.rescue();
        String token = signIn.login("admin", made.secret(), ORIGIN).token();
        accounts.create(new CreateUser("boss", null, List.of("administrator"), GOOD), Set.of(Role.ADMINISTRATOR));
        accounts.change("admin", new ChangeUser(null, List.of("reader"), true), accounts.get("admin").version(),
                Set.of(Role.ADMINISTRATOR));
        FirstAdministrator again = signIn.rescue();
        assertEquals("sign-in-failed", codeOf(() -> signIn.login("admin", made.secret(), ORIGIN)));
        LoginAnswer answer = signIn.login("admin", again.secret(), ORIGIN);
        assertTrue(answer.mustChange());
        assertEquals(List.of("administrator"), answer.roles());
        assertEquals("token-invalid", codeOf(() -> signIn.authenticate(token)));
        assertEquals(2, audit.list(ListRequest.where("action=rescue-administrator")).total());
    }

    @EveryDatabase
    void locksAfterFiveWrongPasswords() {
        for (int i = 0; i < 5; i++) {
            assertEquals("sign-in-failed", codeOf(() -> signIn.login("anna", "wrong", ORIGIN)));
        }
        assertEquals("account-locked", codeOf(() -> signIn.login("anna", GOOD, ORIGIN)));
        assertEquals(clock.instant().plus(Duration.ofMinutes(15)), accounts.get("anna").lockedUntil());
        clock.advance(Duration.ofMinutes(15).minusMillis(1));
        assertEquals("account-locked", codeOf(() -> signIn.login("anna", GOOD, ORIGIN)));
        clock.advance(Duration.ofMillis(1));
        assertEquals("sign-in-failed", codeOf(() -> signIn.login("anna", "wrong", ORIGIN)));
        assertEquals("ok", codeOf(() -> signIn.login("anna", GOOD, ORIGIN)));
        assertEquals(6, audit.list(ListRequest.where("action=login", "result=sign-in-failed")).total());
    }

    @EveryDatabase
    void forgivesWrongPasswordsAfterARightOne() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) {
                assertEquals("sign-in-failed", codeOf(() -> signIn.login("anna", "wrong", ORIGIN)));
            }
            assertEquals("ok", codeOf(() -> signIn.login("anna", GOOD, ORIGIN)));
        }
    }

    @EveryDatabase
    void manyAtOnceGetNoMoreGuesses() throws Exception {
        List<String> codes = Parallel.run(20, number -> codeOf(() -> signIn.login("anna", "wrong" + number, ORIGIN)));
        assertEquals(5, Collections.frequency(codes, "sign-in-failed"));
        assertEquals(15, Collections.frequency(codes, "account-locked"));
    }

    @EveryDatabase
    void namesThatDoNotExistBehaveLikeOthers() {
        for (int i = 0; i < 5; i++) {
            assertEquals("sign-in-failed", codeOf(() -> signIn.login("nobody", "wrong", ORIGIN)));
        }
        assertEquals("account-locked", codeOf(() -> signIn.login("nobody", "wrong", ORIGIN)));
        clock.advance(Duration.ofMinutes(15));
        assertEquals("sign-in-failed", codeOf(() -> signIn.login("nobody", "wrong", ORIGIN)));
        assertEquals("sign-in-failed", codeOf(() -> signIn.login("", "", ORIGIN)));
        assertEquals("sign-in-failed", codeOf(() -> signIn.login("x".repeat(100_000), "y", ORIGIN)));
        assertEquals("sign-in-failed", codeOf(() -> signIn.login("anna", "y".repeat(100_000), ORIGIN)));
    }

    @EveryDatabase
    void anAddressMayNotTryWithoutEnd() {
        for (int i = 0; i < 60; i++) {
            int number = i;
            assertEquals("sign-in-failed", codeOf(() -> signIn.login("name" + number, "wrong", "2001:db8::" + number)));
        }
        assertEquals("too-many-attempts", codeOf(() -> signIn.login("anna", GOOD, "2001:db8::ffff")));
        assertEquals("ok", codeOf(() -> signIn.login("anna", GOOD, "2001:db9::1")));
        assertEquals("ok", codeOf(() -> signIn.login("anna", GOOD, ORIGIN)));
        clock.advance(Duration.ofMinutes(15));
        assertEquals("ok", codeOf(() -> signIn.login("anna", GOOD, "2001:db8::ffff")));
    }

    @EveryDatabase
    void aPasswordSetByAnAdministratorEndsALock() {
        for (int i = 0; i < 5; i++) {
            codeOf(() -> signIn.login("anna", "wrong", ORIGIN));
        }
        SignedIn admin = new SignedIn("boss", "", Set.of(Role.ADMINISTRATOR), false, "", clock.instant());
        accounts.setPassword("anna", new ChangePassword(null, "another long password"), admin);
        assertTrue(signIn.login("anna", "another long password", ORIGIN).mustChange());
    }

    @EveryDatabase
    void tokensEnd() {
        String token = signIn.login("anna", GOOD, ORIGIN).token();
        clock.advance(Duration.ofHours(12).minusMillis(1));
        assertEquals("ok", codeOf(() -> signIn.authenticate(token)));
        clock.advance(Duration.ofMillis(1));
        assertEquals("token-expired", codeOf(() -> signIn.authenticate(token)));
        signIn.clean();
        assertEquals("token-invalid", codeOf(() -> signIn.authenticate(token)));
        assertEquals("token-invalid", codeOf(() -> signIn.authenticate("")));
    }

    @EveryDatabase
    void tokensOfAClockFarAheadDoNotCount() {
        clock.advance(Duration.ofDays(730));
        String token = signIn.login("anna", GOOD, ORIGIN).token();
        clock.advance(Duration.ofDays(-730));
        assertEquals("token-expired", codeOf(() -> signIn.authenticate(token)));
    }

    @EveryDatabase
    void locksOfAClockFarAheadDoNotCount() {
        clock.advance(Duration.ofDays(730));
        for (int i = 0; i < 5; i++) {
            codeOf(() -> signIn.login("anna", "wrong", ORIGIN));
        }
        clock.advance(Duration.ofDays(-730));
        assertEquals("ok", codeOf(() -> signIn.login("anna", GOOD, ORIGIN)));
    }

    @EveryDatabase
    void signsOut() {
        String token = signIn.login("anna", GOOD, ORIGIN).token();
        String other = signIn.login("anna", GOOD, ORIGIN).token();
        SignedIn who = signIn.authenticate(token);
        signIn.logout(who, ORIGIN);
        signIn.logout(who, ORIGIN);
        assertEquals("token-invalid", codeOf(() -> signIn.authenticate(token)));
        assertEquals("ok", codeOf(() -> signIn.authenticate(other)));
        assertEquals(1, audit.list(ListRequest.where("action=logout")).total());
    }

    @EveryDatabase
    void disabledAccountsAreShut() {
        String token = signIn.login("anna", GOOD, ORIGIN).token();
        accounts.create(new CreateUser("boss", null, List.of("administrator"), GOOD), Set.of(Role.ADMINISTRATOR));
        accounts.change("anna", new ChangeUser(null, null, true), accounts.get("anna").version(),
                Set.of(Role.ADMINISTRATOR));
        assertEquals("token-invalid", codeOf(() -> signIn.authenticate(token)));
        assertEquals("sign-in-failed", codeOf(() -> signIn.login("anna", GOOD, ORIGIN)));
    }

    @EveryDatabase
    void makesHashesDearerWhenTheirCostHasGrown() {
        SignIn dearer = new SignIn(catalog, clock, new Passwords(new PasswordHash(128, 1, 1)), audit,
                new AddressThrottle(clock));
        dearer.login("anna", GOOD, ORIGIN);
        String hash = catalog.read(handle -> UserTable.byName(handle, "anna")).orElseThrow().passwordHash();
        assertTrue(hash.contains("m=128,"), hash);
        assertEquals("ok", codeOf(() -> signIn.login("anna", GOOD, ORIGIN)));
    }
}
