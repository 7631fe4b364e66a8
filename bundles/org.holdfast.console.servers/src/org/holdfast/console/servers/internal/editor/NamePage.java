package org.holdfast.console.servers.internal.editor;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.ui.Ui;

/** First page: what people call the server, and how it is found. */
final class NamePage extends WizardPage {
    private static final int LONGEST = 100;
    /** The rule of the vault. */
    private static final Pattern TAG = Pattern.compile("[\\p{Alnum}][\\p{Alnum}._:-]{0,63}");

    private final ServerSummary before;
    private Text name;
    private Text tags;
    private Text labels;

    NamePage(ServerSummary before) {
        super("name", Messages.change_nameTitle, null);
        this.before = before;
        setDescription(Messages.change_namePrompt);
    }

    @Override
    public void createControl(Composite parent) {
        initializeDialogUnits(parent);
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(2, 10));
        name = field(body, "change.name", Messages.change_name, before.name(), SWT.NONE);
        tags = field(body, "change.tags", Messages.change_tags, String.join(" ", before.tags()), SWT.NONE);
        labels = field(body, "change.labels", Messages.change_labels, before.labels().entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining("\n")),
                SWT.MULTI | SWT.V_SCROLL);
        labels.setToolTipText(Messages.change_labelsHint);
        labels.addListener(SWT.Traverse, e -> e.doit |= e.detail == SWT.TRAVERSE_TAB_NEXT
                || e.detail == SWT.TRAVERSE_TAB_PREVIOUS);
        var data = new GridData(SWT.FILL, SWT.FILL, true, true);
        data.heightHint = convertHeightInCharsToPixels(5);
        labels.setLayoutData(data);
        setControl(body);
    }

    private Text field(Composite body, String id, String label, String value, int style) {
        Ui.label(body, label).setLayoutData(new GridData(SWT.BEGINNING, SWT.BEGINNING, false, false));
        var text = Ui.name(Ui.id(new Text(body, SWT.BORDER | style), id), label.replace("&", ""));
        text.setText(value);
        var data = Ui.wide();
        data.widthHint = convertWidthInCharsToPixels(50);
        text.setLayoutData(data);
        text.addListener(SWT.Modify, e -> check());
        return text;
    }

    private void check() {
        String wrong = tags().stream().filter(tag -> !TAG.matcher(tag).matches()).findFirst().orElse(null);
        String line = labels.getText().lines().filter(l -> !l.isBlank() && l.indexOf('=') < 1).findFirst()
                .orElse(null);
        setErrorMessage(name.getText().isBlank() || name.getText().strip().length() > LONGEST
                ? Messages.change_nameWrong
                : wrong != null ? NLS.bind(Messages.change_tagWrong, wrong)
                        : line != null ? NLS.bind(Messages.change_labelWrong, line) : null);
        setPageComplete(getErrorMessage() == null);
    }

    String name() {
        return name.getText().strip();
    }

    List<String> tags() {
        return Arrays.stream(tags.getText().strip().split("[\\s,]+")).filter(t -> !t.isEmpty()).distinct().toList();
    }

    Map<String, String> labels() {
        var map = new LinkedHashMap<String, String>();
        labels.getText().lines().filter(l -> l.indexOf('=') > 0).forEach(l -> map.put(
                l.substring(0, l.indexOf('=')).strip(), l.substring(l.indexOf('=') + 1).strip()));
        return map;
    }

    boolean isChanged() {
        return !name().equals(before.name()) || !tags().equals(before.tags()) || !labels().equals(before.labels());
    }
}
