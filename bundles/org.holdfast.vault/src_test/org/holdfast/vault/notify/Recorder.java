package org.holdfast.vault.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.notify.TargetField;
import org.holdfast.api.policy.FieldProblem;
import org.holdfast.api.spi.notify.DeliveryException;
import org.holdfast.api.spi.notify.Notification;
import org.holdfast.api.spi.notify.NotificationTarget;
import org.holdfast.api.spi.notify.TargetConfiguration;

/** A target that keeps what it is sent, or does not take it. */
final class Recorder implements NotificationTarget {
    /**
     * A message that was sent.
     *
     * @param target name of the target
     * @param password what it was told to sign in with, or null
     * @param message the message
     */
    record Sent(String target, @Nullable String password, Notification message) {
    }

    final List<Sent> sent = new CopyOnWriteArrayList<>();
    final List<String> attempts = new CopyOnWriteArrayList<>();
    volatile @Nullable DeliveryException failure;
    volatile @Nullable RuntimeException crash;
    volatile @Nullable String failing;
    volatile @Nullable CountDownLatch hangs;

    @Override
    public String kind() {
        return "recorder";
    }

    @Override
    public List<TargetField> fields() {
        return List.of(TargetField.required("place", "where"), TargetField.optional("note", "what you like"),
                TargetField.secret("password", false, "to sign in"));
    }

    @Override
    public List<FieldProblem> check(TargetConfiguration configuration) {
        return "nowhere".equals(configuration.setting("place"))
                ? List.of(new FieldProblem("place", "There is no such place."))
                : List.of();
    }

    @Override
    public void deliver(TargetConfiguration configuration, Notification notification)
            throws DeliveryException, InterruptedException {
        attempts.add(configuration.name());
        String only = failing;
        if (only == null || only.equals(configuration.name())) {
            CountDownLatch latch = hangs;
            if (latch != null) {
                latch.await();
            }
            DeliveryException wanted = failure;
            if (wanted != null) {
                throw wanted;
            }
            RuntimeException other = crash;
            if (other != null) {
                throw other;
            }
        }
        sent.add(new Sent(configuration.name(), configuration.secret("password"), notification));
    }

    /** What was sent since the last call, as {@code target: title (alerts)}. */
    List<String> take() {
        List<String> titles = new ArrayList<>();
        sent.forEach(each -> titles.add(each.target() + ": " + each.message().title() + " (" + each.message().count()
                + ")"));
        sent.clear();
        return titles;
    }
}
