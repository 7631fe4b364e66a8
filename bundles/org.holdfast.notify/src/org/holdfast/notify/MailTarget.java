package org.holdfast.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;

import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.notify.TargetField;
import org.holdfast.api.policy.FieldProblem;
import org.holdfast.api.spi.notify.DeliveryException;
import org.holdfast.api.spi.notify.Notification;
import org.holdfast.api.spi.notify.NotificationTarget;
import org.holdfast.api.spi.notify.TargetConfiguration;
import org.holdfast.notify.internal.Deadline;
import org.holdfast.notify.internal.Loopback;
import org.holdfast.notify.internal.Reasons;
import org.holdfast.notify.internal.Trust;
import org.holdfast.notify.internal.WatchedSockets;
import org.holdfast.notify.internal.WatchedTlsSockets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

import jakarta.activation.DataHandler;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;

/**
 * Sends mail by SMTP, with TLS from the start or with STARTTLS, and with the server's certificate checked. Without TLS
 * only to this machine itself and without a password. Thread-safe.
 */
@Component(service = NotificationTarget.class)
public final class MailTarget implements NotificationTarget {
    private static final Duration ALL = Duration.ofSeconds(60);
    private static final int PERMANENT = 500;
    private static final int MOST_RECEIVERS = 50;
    private static final String HOST = "host";
    private static final String PORT = "port";
    private static final String TLS = "tls";
    private static final String USER = "user";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String CA = "ca";
    private static final String PASSWORD = "password";
    private static final String STARTTLS = "starttls";
    private static final String IMPLICIT = "implicit";
    private static final String NONE = "none";

    private final Duration patience;

    /** With the usual patience. */
    @Activate
    public MailTarget() {
        this(ALL);
    }

    /** @param patience how long one message may take */
    public MailTarget(Duration patience) {
        this.patience = patience;
    }

    @Override
    public String kind() {
        return "mail";
    }

    @Override
    public List<TargetField> fields() {
        return List.of(TargetField.required(HOST, "mail server (SMTP)"),
                TargetField.optional(PORT, "its port; otherwise 587 with starttls, 465 with implicit, 25 with none"),
                TargetField.optional(TLS, "starttls (otherwise), implicit, or none to this machine itself"),
                TargetField.optional(USER, "account at the mail server"),
                TargetField.required(FROM, "address of the sender"),
                TargetField.required(TO, "addresses of the receivers, joined by commas"),
                TargetField.optional(CA, "certificates of the authorities that alone are trusted, as PEM"),
                TargetField.secret(PASSWORD, false, "password of the account"));
    }

    @Override
    public List<FieldProblem> check(TargetConfiguration configuration) {
        List<FieldProblem> found = new ArrayList<>();
        String host = configuration.setting(HOST, "");
        if (!host.matches("[A-Za-z0-9._:\\-\\[\\]]{1,255}")) {
            found.add(new FieldProblem(HOST, "This is no name or address of a server."));
        }
        if (port(configuration) < 1) {
            found.add(new FieldProblem(PORT, "A port is a number from 1 to 65535."));
        }
        String tls = tls(configuration);
        if (!List.of(STARTTLS, IMPLICIT, NONE).contains(tls)) {
            found.add(new FieldProblem(TLS, "This is starttls, implicit or none."));
        }
        boolean signsIn = configuration.setting(USER) != null;
        if (tls.equals(NONE) && (!Loopback.is(host) || signsIn)) {
            found.add(new FieldProblem(TLS, "Without TLS mail goes to this machine itself only, and without user."));
        }
        if (signsIn != (configuration.secret(PASSWORD) != null)) {
            found.add(new FieldProblem(signsIn ? PASSWORD : USER, "User and password are given together, or none."));
        }
        checkAddresses(FROM, configuration.setting(FROM, ""), 1, found);
        checkAddresses(TO, configuration.setting(TO, ""), MOST_RECEIVERS, found);
        String ca = configuration.setting(CA);
        if (ca != null && !Trust.isReadable(ca)) {
            found.add(new FieldProblem(CA, "There is no certificate in it."));
        }
        return found;
    }

    private static void checkAddresses(String field, String value, int most, List<FieldProblem> found) {
        try {
            InternetAddress[] addresses = InternetAddress.parse(value, true);
            if (addresses.length < 1 || addresses.length > most || value.chars().anyMatch(Character::isISOControl)
                    || Arrays.stream(addresses).anyMatch(each -> !each.getAddress().contains("@"))) {
                found.add(new FieldProblem(field, "1 to " + most + " addresses are needed."));
            }
        } catch (AddressException e) {
            found.add(new FieldProblem(field, "These are no addresses of mail."));
        }
    }

    @Override
    public void deliver(TargetConfiguration configuration, Notification notification)
            throws DeliveryException, InterruptedException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Jakarta Mail looks for its parts there; inside of a framework nothing else shows them.
        thread.setContextClassLoader(SMTPTransport.class.getClassLoader());
        String place = configuration.setting(HOST, "");
        try (Deadline deadline = new Deadline(patience)) {
            try {
                send(configuration, notification, deadline);
            } catch (SendFailedException e) {
                throw refusal(e, place);
            } catch (AuthenticationFailedException e) {
                throw DeliveryException.notNow(place + " does not accept user or password.", e);
            } catch (MessagingException e) {
                if (thread.isInterrupted()) {
                    throw new InterruptedException("the vault goes down");
                }
                throw DeliveryException.notNow(
                        deadline.isOver() ? place + " does not answer in time." : Reasons.of(e, place), e);
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void send(TargetConfiguration configuration, Notification notification, Deadline deadline)
            throws MessagingException, DeliveryException {
        Session session = Session.getInstance(properties(configuration, deadline));
        MimeMessage message = message(session, configuration, notification);
        String user = configuration.setting(USER);
        try (SMTPTransport transport = new SMTPTransport(session, new URLName("smtp", null, -1, null, null, null))) {
            transport.connect(configuration.setting(HOST, ""), port(configuration), user,
                    user == null ? null : configuration.secret(PASSWORD));
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    private Properties properties(TargetConfiguration configuration, Deadline deadline) throws DeliveryException {
        Properties all = new Properties();
        all.put("mail.smtp.connectiontimeout", "10000");
        all.put("mail.smtp.timeout", "20000");
        all.put("mail.smtp.socketFactory", new WatchedSockets(deadline));
        all.put("mail.smtp.socketFactory.fallback", "false");
        all.put("mail.smtp.sendpartial", "true");
        all.put("mail.smtp.auth", Boolean.toString(configuration.setting(USER) != null));
        String tls = tls(configuration);
        if (!tls.equals(NONE)) {
            all.put("mail.smtp." + (tls.equals(IMPLICIT) ? "ssl" : STARTTLS) + ".enable", "true");
            all.put("mail.smtp.starttls.required", Boolean.toString(tls.equals(STARTTLS)));
            all.put("mail.smtp.ssl.checkserveridentity", "true");
            all.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
            try {
                all.put("mail.smtp.ssl.socketFactory", new WatchedTlsSockets(
                        Trust.context(configuration.setting(CA)).getSocketFactory(), deadline));
            } catch (GeneralSecurityException e) {
                throw DeliveryException.notNow("The certificates of the authorities cannot be used.", e);
            }
        }
        return all;
    }

    private static MimeMessage message(Session session, TargetConfiguration configuration, Notification notification)
            throws MessagingException {
        String name = "<" + notification.id() + "@holdfast>";
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", name);
            }
        };
        message.setFrom(InternetAddress.parse(configuration.setting(FROM, ""), true)[0]);
        message.setRecipients(RecipientType.TO, InternetAddress.parse(configuration.setting(TO, ""), true));
        message.setSubject(notification.title(), "UTF-8");
        message.setSentDate(Date.from(notification.time()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Holdfast-Severity", notification.severity().name().toLowerCase(Locale.ROOT));
        message.setHeader("Content-Language", notification.language().getLanguage());
        byte[] text = notification.text().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        // From bytes: texts would need handlers that Jakarta Activation looks for in yet another way.
        message.setDataHandler(new DataHandler(new ByteArrayDataSource(text, "text/plain; charset=UTF-8")));
        message.setHeader("Content-Transfer-Encoding", "base64");
        message.saveChanges();
        return message;
    }

    private static DeliveryException refusal(SendFailedException failure, String place) {
        boolean partly = failure.getValidSentAddresses() != null && failure.getValidSentAddresses().length > 0;
        boolean lasting = partly;
        Set<String> said = new LinkedHashSet<>();
        for (@Nullable Exception each = failure; each instanceof MessagingException next; each = next
                .getNextException()) {
            int code = switch (each) {
                case SMTPAddressFailedException address -> address.getReturnCode();
                case SMTPSenderFailedException sender -> sender.getReturnCode();
                case SMTPSendFailedException send -> send.getReturnCode();
                default -> 0;
            };
            if (code > 0) {
                said.add(String.valueOf(each.getMessage()).strip());
            }
            lasting |= code >= PERMANENT;
        }
        String text = place + (partly ? " refuses some receivers: " : " refuses: ") + String.join(" ", said);
        return lasting ? DeliveryException.refused(text, failure) : DeliveryException.notNow(text, failure);
    }

    private static String tls(TargetConfiguration configuration) {
        return configuration.setting(TLS, STARTTLS);
    }

    private static int port(TargetConfiguration configuration) {
        String port = configuration.setting(PORT);
        if (port == null) {
            return switch (tls(configuration)) {
                case IMPLICIT -> 465;
                case NONE -> 25;
                default -> 587;
            };
        }
        int number = port.matches("\\d{1,5}") ? Integer.parseInt(port) : 0;
        return number <= 65_535 ? number : 0;
    }
}
