package org.holdfast.console.recovery.internal.preview;

import java.io.ByteArrayInputStream;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.console.client.preview.ImageSize;
import org.holdfast.console.recovery.internal.Messages;
import org.holdfast.console.recovery.preview.PreviewFile;
import org.holdfast.console.recovery.preview.RestorePreview;
import org.holdfast.console.ui.Ui;

/** Images, fitted into the room there is. Their size is known before anything is decoded. */
public final class ImagePreview implements RestorePreview<ImagePreview.Decoded> {
    /** Bytes that a file may have. */
    static final int BYTES = 8 << 20;
    private static final long PIXELS = 24_000_000;
    private static final int SHOWN = 1600;

    private Canvas canvas;
    private Image image;
    private String described = "";

    /**
     * An image.
     *
     * @param size what the file says
     * @param data its pixels, perhaps fewer
     */
    public record Decoded(ImageSize size, ImageData data) {
    }

    @Override
    public void create(Composite parent) {
        canvas = Ui.id(new Canvas(parent, SWT.DOUBLE_BUFFERED), "preview.image");
        canvas.setLayoutData(Ui.fill());
        canvas.setData("org.holdfast.console.ui.name", Messages.preview_image);
        canvas.addListener(SWT.Paint, e -> paint(e.gc));
        canvas.addListener(SWT.Resize, e -> canvas.redraw());
        canvas.addListener(SWT.Dispose, e -> forget());
        canvas.getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent e) {
                e.result = described;
            }
        });
        canvas.getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
            @Override
            public void getRole(AccessibleControlEvent e) {
                e.detail = ACC.ROLE_GRAPHIC;
            }
        });
    }

    @Override
    public Decoded prepare(PreviewFile file) {
        ImageSize size = file.complete() ? ImageSize.of(file.bytes()) : null;
        if (size == null || size.pixels() > PIXELS) {
            return null;
        }
        try {
            ImageData data = new ImageData(new ByteArrayInputStream(file.bytes()));
            double fit = Math.min(1, Math.min((double) SHOWN / data.width, (double) SHOWN / data.height));
            return new Decoded(size, fit == 1 ? data
                    : data.scaledTo(Math.max(1, (int) (data.width * fit)), Math.max(1, (int) (data.height * fit))));
        } catch (SWTException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            return null; // damaged: shown as bytes
        }
    }

    @Override
    public String show(PreviewFile file, Decoded prepared) {
        forget();
        ImageSize size = prepared.size();
        image = new Image(canvas.getDisplay(), prepared.data());
        String facts = NLS.bind(Messages.preview_pixels, new Object[] { size.format(), size.width(), size.height() });
        described = file.entry().name() + ", " + facts;
        canvas.redraw();
        return facts;
    }

    private void paint(GC gc) {
        if (image == null) {
            return;
        }
        Rectangle room = canvas.getClientArea();
        Rectangle all = image.getBounds();
        double fit = Math.min(1, Math.min((double) room.width / all.width, (double) room.height / all.height));
        int width = Math.max(1, (int) (all.width * fit));
        int height = Math.max(1, (int) (all.height * fit));
        gc.setInterpolation(SWT.HIGH);
        gc.drawImage(image, 0, 0, all.width, all.height, (room.width - width) / 2, (room.height - height) / 2, width,
                height);
    }

    private void forget() {
        if (image != null) {
            image.dispose();
            image = null;
        }
    }

    @Override
    public void clear() {
        forget();
    }
}
