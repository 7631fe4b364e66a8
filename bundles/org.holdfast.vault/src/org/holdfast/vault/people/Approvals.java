package org.holdfast.vault.people;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.people.ApprovalView;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Page;
import org.holdfast.vault.catalog.people.ApprovalRow;
import org.holdfast.vault.catalog.people.ApprovalTable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The second person. From the first security officer on, what is {@link Critical} is not done when somebody calls for
 * it, but becomes a request; when a security officer has approved it, the same call by the same person does it, once.
 * As long as there is no such officer, a security PIN stands in for the second person.
 * Thread-safe.
 */
@Component(service = Approvals.class)
public final class Approvals {
    /** So long a request waits. */
    static final Duration WAITS = Duration.ofDays(7);
    /** So long an approval can be used. */
    static final Duration HOLDS = Duration.ofDays(1);
    private static final int LONGEST_REMARK = 500;
    private static final String PENDING = "pending";
    private static final String APPROVED = "approved";

    private final Catalog catalog;
    private final Clock clock;
    private final SecurityPins pins;
    private final List<ApprovalListener> listeners;

    /** Requests of a catalogue. */
    @Activate
    public Approvals(@Reference Catalog catalog, @Reference Clock clock, @Reference SecurityPins pins,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) List<ApprovalListener> listeners) {
        this.catalog = catalog;
        this.clock = clock;
        this.pins = pins;
        this.listeners = List.copyOf(listeners);
    }

    /** Whether there is a security officer who can sign in, and so whether anything has to be approved. */
    public boolean inForce() {
        return catalog.<Boolean>read(h -> ApprovalTable.hasOfficer(h, Role.SECURITY_OFFICER.wireName()));
    }

    /**
     * Does what somebody calls for, unless it is critical and nobody has approved it.
     *
     * @param by name of who calls
     * @param roles of who calls
     * @param action name of the call
     * @param target of what
     * @param vault name of the vault it concerns, empty for none
     * @param pin the security PIN that came with the call, empty for none; it is used up
     * @throws Refusal of kind CONFLICT (code {@code approval-needed}) with the id of the request; of kind FORBIDDEN
     *         (codes {@code pin-needed}, {@code pin-wrong})
     */
    public <T extends @Nullable Object> T guard(String by, Set<Role> roles, String action, String target,
            String vault, String pin, Callable<T> work) throws Exception {
        // Officers are second persons themselves, and may do nothing that destroys data.
        if (roles.contains(Role.SECURITY_OFFICER)) {
            return work.call();
        }
        boolean proven = !pin.isEmpty() && !inForce();
        if (proven) {
            pins.spend(by, pin);
        }
        List<UUID> used = new ArrayList<>();
        T done;
        try {
            done = Critical.call(what -> pass(by, action, target, what, proven, used), work);
        } catch (Critical.Needed needed) {
            throw ask(by, action, target, vault, needed.what());
        }
        used.forEach(id -> catalog.run(h -> ApprovalTable.change(h, id, APPROVED, "used")));
        return done;
    }

    private void pass(String by, String action, String target, String what, boolean proven, List<UUID> used) {
        if (!inForce()) {
            if (!proven && pins.required()) {
                throw SecurityPins.needed(what);
            }
            return;
        }
        String print = fingerprint(by, action, target, what);
        ApprovalRow row = catalog.read(h -> ApprovalTable.find(h, print, APPROVED, clock.instant()))
                .orElseThrow(() -> new Critical.Needed(what));
        used.add(row.id());
    }

    private Refusal ask(String by, String action, String target, String vault, String what) {
        tidy();
        Instant now = clock.instant();
        String print = fingerprint(by, action, target, what);
        ApprovalRow known = catalog.read(h -> ApprovalTable.find(h, print, PENDING, now)).orElse(null);
        ApprovalRow row = known != null ? known
                : new ApprovalRow(UUID.randomUUID(), fit(action, 100), fit(target, 400), fit(vault, 100), what, print,
                        PENDING, by, now, now.plus(WAITS), null, null, "");
        if (known == null) {
            catalog.run(h -> ApprovalTable.insert(h, row));
        }
        listeners.forEach(listener -> listener.waiting(view(row)));
        return new Refusal(Kind.CONFLICT, "approval-needed",
                "A security officer has to approve this first: " + what + ". It is request " + row.id() + ".",
                "When it is approved, do the same again, within a day.");
    }

    private static String fit(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private static String fingerprint(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(4).putInt(0, bytes.length));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime offers no SHA-256", e);
        }
    }

    /**
     * Approves or denies a request.
     *
     * @param by a security officer, not the one who asks
     * @throws Refusal of kind CONFLICT ({@code request-over}), of kind FORBIDDEN ({@code same-person})
     */
    public ApprovalView decide(String id, boolean approve, String remark, String by) {
        if (remark.length() > LONGEST_REMARK) {
            throw Refusal.invalid("remark", "A remark has at most " + LONGEST_REMARK + " characters.");
        }
        ApprovalRow row = row(id);
        if (row.requestedBy().equals(by)) {
            throw new Refusal(Kind.FORBIDDEN, "same-person", "Nobody decides about a request of one's own.",
                    "Ask another security officer.");
        }
        Instant now = clock.instant();
        return over(row, catalog.<Boolean>write(h -> ApprovalTable.decide(h, row.id(), approve ? APPROVED : "denied",
                by, now, remark, now.plus(HOLDS))));
    }

    /** Who asks no longer wants it. */
    public ApprovalView withdraw(String id, String by) {
        ApprovalRow row = row(id);
        if (!row.requestedBy().equals(by)) {
            throw new Refusal(Kind.FORBIDDEN, "not-permitted", "Only who asks can withdraw a request.", "Deny it.");
        }
        return over(row, catalog.<Boolean>write(h -> ApprovalTable.change(h, row.id(), PENDING, "withdrawn")
                || ApprovalTable.change(h, row.id(), APPROVED, "withdrawn")));
    }

    private ApprovalView over(ApprovalRow row, boolean done) {
        if (!done) {
            throw new Refusal(Kind.CONFLICT, "request-over", "The request does not wait any more.", "");
        }
        listeners.forEach(listener -> listener.settled(row.id().toString()));
        return get(row.id().toString());
    }

    /** Ends what nobody can use any more; to be called now and then. */
    public void tidy() {
        for (UUID id : catalog.<List<UUID>>read(h -> ApprovalTable.over(h, clock.instant()))) {
            boolean over = catalog.<Boolean>write(h -> ApprovalTable.change(h, id, PENDING, "expired")
                    || ApprovalTable.change(h, id, APPROVED, "expired"));
            if (over) {
                listeners.forEach(listener -> listener.settled(id.toString()));
            }
        }
    }

    /** A request. */
    public ApprovalView get(String id) {
        return view(row(id));
    }

    private ApprovalRow row(String id) {
        UUID uuid;
        try {
            uuid = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw Refusal.notFound("request");
        }
        return catalog.read(h -> ApprovalTable.find(h, uuid)).orElseThrow(() -> Refusal.notFound("request"));
    }

    /** A page of requests, the latest first unless asked otherwise. */
    public Page<ApprovalView> list(ListRequest request) {
        Page<ApprovalRow> page = catalog.read(h -> ApprovalTable.list(h, request));
        return new Page<>(page.items().stream().map(this::view).toList(), page.next(), page.total());
    }

    private ApprovalView view(ApprovalRow row) {
        boolean over = (row.state().equals(PENDING) || row.state().equals(APPROVED))
                && !row.expires().isAfter(clock.instant());
        return new ApprovalView(row.id().toString(), row.action(), row.target(), row.vault(), row.what(),
                over ? "expired" : row.state(), row.requestedBy(), row.requested(), row.expires(), row.decidedBy(),
                row.decided(), row.remark());
    }
}
