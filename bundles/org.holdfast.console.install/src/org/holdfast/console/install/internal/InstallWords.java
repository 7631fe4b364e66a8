package org.holdfast.console.install.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.eclipse.osgi.util.NLS;
import org.holdfast.agent.install.HostCheck;
import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.HostProgress;
import org.holdfast.agent.install.Outcome;
import org.holdfast.agent.install.Step;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;

/** What became of hosts, in words. */
final class InstallWords {
    private InstallWords() {
    }

    /** A host as people call it, with its address when that is another. */
    static String host(HostEntry host) {
        String address = host.key().replaceFirst(":22$", "");
        return host.name().equals(host.host()) ? address : NLS.bind(Messages.words_host, host.name(), address);
    }

    /** In a few words. */
    static String outcome(Outcome outcome) {
        return switch (outcome) {
            case DONE -> Messages.outcome_DONE;
            case ALREADY_REGISTERED -> Messages.outcome_ALREADY_REGISTERED;
            case DONE_WITH_WARNINGS -> Messages.outcome_DONE_WITH_WARNINGS;
            case UNREACHABLE -> Messages.outcome_UNREACHABLE;
            case HOST_KEY_UNKNOWN -> Messages.outcome_HOST_KEY_UNKNOWN;
            case HOST_KEY_CHANGED -> Messages.outcome_HOST_KEY_CHANGED;
            case SIGN_IN_REFUSED -> Messages.outcome_SIGN_IN_REFUSED;
            case NOT_ROOT -> Messages.outcome_NOT_ROOT;
            case UNSUPPORTED -> Messages.outcome_UNSUPPORTED;
            case TOOL_MISSING -> Messages.outcome_TOOL_MISSING;
            case NO_ROOM -> Messages.outcome_NO_ROOM;
            case CLOCK_WRONG -> Messages.outcome_CLOCK_WRONG;
            case VAULT_UNREACHABLE -> Messages.outcome_VAULT_UNREACHABLE;
            case OTHER_VAULT -> Messages.outcome_OTHER_VAULT;
            case OLDER_AGENT -> Messages.outcome_OLDER_AGENT;
            case UPLOAD_FAILED -> Messages.outcome_UPLOAD_FAILED;
            case INSTALLATION_FAILED -> Messages.outcome_INSTALLATION_FAILED;
            case PASSPHRASE_NOT_KEPT -> Messages.outcome_PASSPHRASE_NOT_KEPT;
            case REGISTRATION_FAILED -> Messages.outcome_REGISTRATION_FAILED;
            case NO_CONTACT -> Messages.outcome_NO_CONTACT;
            case ASSIGNMENT_FAILED -> Messages.outcome_ASSIGNMENT_FAILED;
            case CONNECTION_LOST -> Messages.outcome_CONNECTION_LOST;
            case STOPPED -> Messages.outcome_STOPPED;
            case INTERNAL -> Messages.outcome_INTERNAL;
        };
    }

    /** What to do about it; empty when there is nothing to do. */
    static String remedy(Outcome outcome) {
        return switch (outcome) {
            case DONE, ALREADY_REGISTERED, DONE_WITH_WARNINGS -> "";
            case UNREACHABLE -> Messages.remedy_UNREACHABLE;
            case HOST_KEY_UNKNOWN -> Messages.remedy_HOST_KEY_UNKNOWN;
            case HOST_KEY_CHANGED -> Messages.remedy_HOST_KEY_CHANGED;
            case SIGN_IN_REFUSED -> Messages.remedy_SIGN_IN_REFUSED;
            case NOT_ROOT -> Messages.remedy_NOT_ROOT;
            case UNSUPPORTED -> Messages.remedy_UNSUPPORTED;
            case TOOL_MISSING -> Messages.remedy_TOOL_MISSING;
            case NO_ROOM -> Messages.remedy_NO_ROOM;
            case CLOCK_WRONG -> Messages.remedy_CLOCK_WRONG;
            case VAULT_UNREACHABLE -> Messages.remedy_VAULT_UNREACHABLE;
            case OTHER_VAULT -> Messages.remedy_OTHER_VAULT;
            case OLDER_AGENT -> Messages.remedy_OLDER_AGENT;
            case UPLOAD_FAILED, CONNECTION_LOST -> Messages.remedy_CONNECTION_LOST;
            case INSTALLATION_FAILED, REGISTRATION_FAILED -> Messages.remedy_INSTALLATION_FAILED;
            case PASSPHRASE_NOT_KEPT -> Messages.remedy_PASSPHRASE_NOT_KEPT;
            case NO_CONTACT -> Messages.remedy_NO_CONTACT;
            case ASSIGNMENT_FAILED -> Messages.remedy_ASSIGNMENT_FAILED;
            case STOPPED -> Messages.remedy_STOPPED;
            case INTERNAL -> Messages.remedy_INTERNAL;
        };
    }

    static Icon icon(Outcome outcome) {
        return switch (outcome) {
            case DONE, ALREADY_REGISTERED -> Icon.COMPLETED;
            case DONE_WITH_WARNINGS -> Icon.WARNINGS;
            case STOPPED -> Icon.INTERRUPTED;
            case HOST_KEY_UNKNOWN -> Icon.KEY;
            default -> Icon.ERROR;
        };
    }

    static String step(Step step) {
        return switch (step) {
            case WAIT -> Messages.step_WAIT;
            case CONNECT -> Messages.step_CONNECT;
            case CHECK -> Messages.step_CHECK;
            case UPLOAD -> Messages.step_UPLOAD;
            case INSTALL -> Messages.step_INSTALL;
            case REGISTER -> Messages.step_REGISTER;
            case CONTACT -> Messages.step_CONTACT;
            case ASSIGN -> Messages.step_ASSIGN;
            case END -> "";
        };
    }

    /** How far a host is. */
    static String state(HostProgress row) {
        Outcome outcome = row.outcome();
        if (outcome != null) {
            return outcome(outcome);
        }
        return row.percent() < 0 ? step(row.step()) : NLS.bind(Messages.words_percent, step(row.step()), row.percent());
    }

    static Icon icon(HostProgress row) {
        Outcome outcome = row.outcome();
        return outcome != null ? icon(outcome) : row.step() == Step.WAIT ? Icon.HISTORY : Icon.REFRESH;
    }

    /** How long it took, or has taken until now. */
    static String took(HostProgress row, Clock clock, Formats formats) {
        Instant started = row.started();
        Instant ended = row.ended();
        return started == null ? ""
                : formats.duration(Duration.between(started, ended == null ? clock.instant()
                        : ended));
    }

    /** What was found on a host, in a few words. */
    static String state(HostCheck check) {
        HostCheck.Finding obstacle = check.obstacle();
        return switch (check.state()) {
            case WAITING -> Messages.step_WAIT;
            case RUNNING -> Messages.check_running;
            case DONE -> obstacle != null ? outcome(obstacle.outcome())
                    : check.findings().isEmpty() ? Messages.check_ready : Messages.check_readyWarnings;
        };
    }

    static Icon icon(HostCheck check) {
        HostCheck.Finding obstacle = check.obstacle();
        return switch (check.state()) {
            case WAITING -> Icon.HISTORY;
            case RUNNING -> Icon.REFRESH;
            case DONE -> obstacle != null ? icon(obstacle.outcome())
                    : check.findings().isEmpty() ? Icon.COMPLETED : Icon.WARNINGS;
        };
    }

    /** A finding with what to do about it. */
    static String finding(HostCheck.Finding finding) {
        String remedy = remedy(finding.outcome());
        String title = finding.stops() ? outcome(finding.outcome()) : Messages.words_note;
        return NLS.bind(Messages.words_finding, title, finding.message())
                + (remedy.isEmpty() ? "" : '\n' + NLS.bind(Messages.words_remedy, remedy));
    }
}
