package org.holdfast.vault.http.internal.system;

import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.http.HealthCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the catalogue answers. */
@Component(service = HealthCheck.class)
public final class CatalogHealth implements HealthCheck {
    private final Catalog catalog;

    /** Asks this one. */
    @Activate
    public CatalogHealth(@Reference Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public String name() {
        return "catalogue";
    }

    @Override
    public void check() {
        catalog.read(handle -> handle.createQuery("select 1").mapTo(Integer.class).one());
    }
}
