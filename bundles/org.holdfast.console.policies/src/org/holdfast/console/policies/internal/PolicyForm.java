package org.holdfast.console.policies.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.custom.CTabItem;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.PolicyCheck;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.fleet.PolicyAssignments;
import org.holdfast.protocol.fleet.PolicyPreview;
import org.holdfast.protocol.fleet.PreviewPolicy;

/** All sides of a policy and whom it is for, on pages of their own; previews follow what is entered. */
final class PolicyForm {
    /**
     * What stands against storing a policy, with the page that can help.
     *
     * @param page number of the page
     * @param text for people
     */
    record Obstacle(int page, String text) {
    }

    private final PolicyWords words;
    private final Runnable changed;
    private final GeneralSection general = new GeneralSection();
    private final List<Section> sections;
    private final ScheduleSection schedule;
    private final RetentionSection retention;
    private final AssignmentFields assignment;
    private CTabFolder tabs;
    private PreviewFeed feed;

    /**
     * @param changed told when a person has changed something
     * @param chooseServers lets a person choose whom the policy is for
     * @param leftOut shows what would be left out on a server, or null where that cannot be
     */
    PolicyForm(PolicyWords words, Runnable changed, Runnable chooseServers, @Nullable Runnable leftOut) {
        this.words = words;
        this.changed = changed;
        schedule = new ScheduleSection(words);
        retention = new RetentionSection(words);
        sections = List.of(general, new ItemsSection(leftOut), schedule, retention, new BandwidthSection(words),
                new HooksSection(), new DrillSection());
        assignment = new AssignmentFields(changed, chooseServers);
    }

    /** @param preview asks what a policy will do */
    void create(Composite body, Function<PreviewPolicy, @Nullable CompletableFuture<PolicyPreview>> preview) {
        tabs = Ui.id(new CTabFolder(body, SWT.TOP | SWT.BORDER), "policyEditor.pages");
        tabs.setLayoutData(Ui.fill());
        for (Section section : sections) {
            section.onChange(changed);
            page(section.title()).setContent(section);
        }
        var page = page(Messages.assign_title);
        page.setContent(assignment.create(page.body()));
        tabs.setSelection(0);
        feed = new PreviewFeed(tabs, preview, List.of(schedule::show, retention::show));
    }

    /** A tab whose content scrolls when the window is small. */
    private record TabPage(ScrolledComposite scroll, Composite body) {
        void setContent(Section section) {
            setContent(section.create(body));
        }

        void setContent(Control content) {
            content.setLayoutData(Ui.fill());
            fit();
        }

        private void fit() {
            scroll.setMinSize(body.computeSize(SWT.DEFAULT, SWT.DEFAULT));
        }
    }

    private TabPage page(String title) {
        var item = new CTabItem(tabs, SWT.NONE);
        item.setText(title);
        var scroll = new ScrolledComposite(tabs, SWT.H_SCROLL | SWT.V_SCROLL);
        scroll.setExpandHorizontal(true);
        scroll.setExpandVertical(true);
        var body = new Composite(scroll, SWT.NONE);
        body.setLayout(Ui.grid(1, 8));
        scroll.setContent(body);
        item.setControl(scroll);
        var page = new TabPage(scroll, body);
        scroll.addListener(SWT.Resize, e -> page.fit());
        return page;
    }

    /** @param fresh whether the policy is not there yet */
    void show(Policy policy, PolicyAssignments assignments, boolean fresh) {
        sections.forEach(s -> s.show(policy));
        general.setNew(fresh);
        assignment.show(assignments);
        feed.changed(policy);
    }

    /** Shows what the policy will do. */
    void preview(Policy policy) {
        feed.changed(policy);
    }

    /** Asks again what the policy will do, because another vault may say something else. */
    void previewAgain() {
        feed.again();
    }

    /** A policy with what was entered. */
    Policy read(Policy over) {
        Policy edited = over;
        for (Section section : sections) {
            edited = section.read(edited);
        }
        return edited;
    }

    /** Whom it is for, as entered. */
    PolicyAssignments assignments() {
        return assignment.read();
    }

    /**
     * Shows how many follow it.
     *
     * @param enabled whether more can be chosen
     */
    void showCount(String text, boolean enabled) {
        assignment.showCount(text, enabled);
    }

    /** What stands against storing the policy that was entered. */
    Optional<Obstacle> obstacle(Policy edited) {
        for (int i = 0; i < sections.size(); i++) {
            String text = sections.get(i).unreadable();
            if (text != null) {
                return Optional.of(new Obstacle(i, text));
            }
        }
        return PolicyCheck.check(edited).stream().findFirst().map(p -> {
            int at = 0;
            while (at < sections.size() - 1 && !sections.get(at).owns(p.field())) {
                at++;
            }
            return new Obstacle(at, words.problem(p));
        });
    }

    /** Shows the page that can help. */
    void turnTo(Obstacle obstacle) {
        tabs.setSelection(obstacle.page());
        tabs.getSelection().getControl().setFocus();
    }
}
