package org.holdfast.console.monitor.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobState;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Ui;

/** The jobs of the last 24 hours: what they do downwards, where they stand across, each number a link. */
final class JobMatrix {
    /** A column. */
    private record Result(String id, String title, List<JobState> states) {
    }

    private record Line(@Nullable JobKind kind, List<Control> all, List<NumberLink> numbers) {
    }

    private static final List<JobState> AT_WORK = List.of(JobState.QUEUED, JobState.RUNNING, JobState.PAUSED);

    private final Opener opener;
    private final Formats formats;
    private final List<Result> results;
    private final List<Line> lines = new ArrayList<>();
    private final Composite grid;

    JobMatrix(Composite parent, Opener opener, Formats formats) {
        this.opener = opener;
        this.formats = formats;
        results = results();
        grid = Ui.name(Ui.id(new Composite(parent, SWT.NONE), "overview.matrix"), Messages.overview_lastDay);
        var layout = Ui.grid(results.size() + 1);
        layout.horizontalSpacing = 12;
        grid.setLayout(layout);
        grid.setLayoutData(new GridData(SWT.FILL, SWT.BEGINNING, true, false));
        new Label(grid, SWT.NONE).setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        for (Result result : results) {
            Label title = Ui.label(grid, result.title());
            title.setLayoutData(new GridData(SWT.END, SWT.CENTER, true, false));
        }
        for (JobKind kind : JobKind.values()) {
            lines.add(line(kind, JobWords.kind(kind)));
        }
        lines.add(line(null, Messages.overview_all));
    }

    private static List<Result> results() {
        List<Result> list = new ArrayList<>();
        list.add(new Result("atWork", Messages.overview_atWork, AT_WORK));
        for (JobState state : List.of(JobState.DONE, JobState.DONE_WITH_WARNINGS, JobState.FAILED,
                JobState.INTERRUPTED, JobState.CANCELLED)) {
            list.add(new Result(JobScope.chip(state), JobWords.state(state), List.of(state)));
        }
        list.add(new Result("all", Messages.overview_all, List.of()));
        return list;
    }

    private Line line(@Nullable JobKind kind, String title) {
        List<Control> all = new ArrayList<>();
        List<NumberLink> numbers = new ArrayList<>();
        Label name = Ui.label(grid, title);
        name.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false));
        if (kind == null) {
            name.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
        }
        all.add(name);
        for (int i = 0; i < results.size(); i++) {
            var number = new NumberLink(grid);
            number.control().setLayoutData(new GridData(SWT.END, SWT.CENTER, true, false));
            numbers.add(number);
            all.add(number.control());
        }
        return new Line(kind, all, numbers);
    }

    void show(Figures figures) {
        for (Line line : lines) {
            JobKind kind = line.kind();
            boolean used = kind == null || kind == JobKind.BACKUP || figures.jobs(kind, List.of()) > 0;
            for (Control control : line.all()) {
                control.setVisible(used);
                ((GridData) control.getLayoutData()).exclude = !used;
            }
            for (int i = 0; i < results.size(); i++) {
                show(figures, kind, results.get(i), line.numbers().get(i));
            }
        }
    }

    private void show(Figures figures, @Nullable JobKind kind, Result result, NumberLink number) {
        int count = figures.jobs(kind, result.states());
        String row = kind == null ? "all" : kind.name().toLowerCase(Locale.ROOT);
        JobScope scope = JobScope.ALL.only(kind).in(result.states().toArray(JobState[]::new)).lastDay();
        number.set("overview.jobs." + row + '.' + result.id(), formats.count(count),
                NLS.bind(Messages.overview_cell, new Object[] { kind == null ? Messages.overview_all
                        : JobWords.kind(kind), result.title(), formats.count(count) }),
                count == 0 ? null : () -> opener.jobs(scope));
    }
}
