package org.holdfast.vault.data;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.holdfast.protocol.data.CreateGrant;
import org.holdfast.protocol.data.GrantInfo;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DataServerRow;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.catalog.data.GrantRow;
import org.holdfast.vault.catalog.data.Grants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Who may read the objects of whom, within one vault and for some time, so that a server can restore another's data.
 */
@Component(service = GrantService.class)
public final class GrantService {
    private static final Duration LONGEST = Duration.ofDays(30);

    private final Catalog catalog;
    private final Clock clock;

    /** Takes what it works with. */
    @Activate
    public GrantService(@Reference Catalog catalog, @Reference Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Lets a server read the objects of another one. */
    public GrantInfo create(UUID vault, CreateGrant request, String by) {
        UUID source = id(request.source(), "source");
        UUID reader = id(request.reader(), "reader");
        UUID id = request.id() == null ? UUID.randomUUID() : id(request.id(), "id");
        Instant now = clock.instant();
        if (request.expires() == null || !request.expires().isAfter(now)
                || request.expires().isAfter(now.plus(LONGEST))) {
            throw Refusal.invalid("expires", "A grant ends within 30 days.");
        }
        var row = new GrantRow(id, vault, source, reader, request.expires(), now, by);
        return catalog.write(h -> {
            if (DataServers.find(h, source).map(DataServerRow::vault).filter(vault::equals).isEmpty()) {
                throw Refusal.invalid("source", "There is no such server with objects in this vault.");
            }
            if (!Grants.insert(h, row)) {
                GrantRow known = Grants.find(h, vault, id).orElseThrow(() -> Refusal.invalid("id", "The id is taken."));
                return info(known);
            }
            return info(row);
        });
    }

    private static UUID id(String text, String field) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw Refusal.invalid(field, "That is no id.");
        }
    }

    private static GrantInfo info(GrantRow row) {
        return new GrantInfo(row.id().toString(), row.source().toString(), row.reader().toString(), row.expires(),
                row.created(), row.createdBy());
    }

    /** Grants of a vault that hold. */
    public List<GrantInfo> list(UUID vault) {
        return catalog.read(h -> Grants.of(h, vault, clock.instant())).stream().map(GrantService::info).toList();
    }

    /** Takes a grant back. */
    public void delete(UUID vault, UUID id) {
        if (!catalog.write(h -> Grants.delete(h, vault, id))) {
            throw Refusal.notFound("grant");
        }
    }

    /**
     * Makes sure that a server may read the objects of another one.
     *
     * @throws Refusal as if the other one were not there
     */
    public void requireReadable(UUID vault, UUID reader, UUID source) {
        if (!reader.equals(source)
                && !catalog.read(h -> Grants.allows(h, vault, reader, source, clock.instant()))) {
            throw Refusal.notFound("server");
        }
    }
}
