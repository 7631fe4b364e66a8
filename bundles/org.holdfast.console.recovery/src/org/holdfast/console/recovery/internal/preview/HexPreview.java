package org.holdfast.console.recovery.internal.preview;

import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.console.client.preview.HexLines;
import org.holdfast.console.recovery.internal.Messages;
import org.holdfast.console.recovery.preview.PreviewFile;
import org.holdfast.console.recovery.preview.RestorePreview;

/** Everything else: bytes as numbers. */
public final class HexPreview implements RestorePreview<String> {
    private static final int MOST = 16 << 10;

    private StyledText text;

    @Override
    public void create(Composite parent) {
        text = TextPreview.field(parent, "preview.hex", Messages.preview_hex);
    }

    @Override
    public String prepare(PreviewFile file) {
        return HexLines.of(file.bytes(), MOST);
    }

    @Override
    public String show(PreviewFile file, String prepared) {
        text.setText(prepared);
        return Messages.preview_binary;
    }

    @Override
    public void clear() {
        text.setText("");
    }
}
