package org.holdfast.console.vaults.internal.editor;

import org.holdfast.api.notify.TargetField;

/** What has to be known of a target, in words; kinds of plug-ins are told in the words of the vault server. */
final class TargetWords {
    private TargetWords() {
    }

    static String label(String kind, TargetField field) {
        return switch (kind + '.' + field.name()) {
            case "mail.host" -> Messages.mail_host;
            case "mail.port" -> Messages.mail_port;
            case "mail.tls" -> Messages.mail_tls;
            case "mail.user" -> Messages.mail_user;
            case "mail.from" -> Messages.mail_from;
            case "mail.to" -> Messages.mail_to;
            case "mail.ca", "web-hook.ca" -> Messages.target_ca;
            case "mail.password" -> Messages.mail_password;
            case "web-hook.url" -> Messages.webhook_url;
            case "web-hook.secret" -> Messages.webhook_secret;
            case "web-hook.allowHttp" -> Messages.webhook_allowHttp;
            default -> field.name() + ':';
        };
    }

    /** What is to be entered, shown in the empty field. */
    static String hint(String kind, TargetField field) {
        return switch (kind + '.' + field.name()) {
            case "mail.host" -> Messages.mail_hostHint;
            case "mail.port" -> Messages.mail_portHint;
            case "mail.tls" -> Messages.mail_tlsHint;
            case "mail.user" -> Messages.mail_userHint;
            case "mail.from", "mail.to" -> Messages.mail_addressHint;
            case "mail.ca", "web-hook.ca" -> Messages.target_caHint;
            case "mail.password" -> Messages.mail_passwordHint;
            case "web-hook.url" -> Messages.webhook_urlHint;
            case "web-hook.secret" -> Messages.webhook_secretHint;
            case "web-hook.allowHttp" -> Messages.webhook_allowHttpHint;
            default -> field.description();
        };
    }
}
