package org.holdfast.vault.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.sql.testkit.EveryDatabase;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.vault.catalog.Listing.Type;
import org.junit.jupiter.api.BeforeEach;

class ListingTest {

    private static final Listing THINGS = Listing.of("t.name", "things t").column("id", "t.id", Type.ID)
            .column("name", "t.name", Type.TEXT).nullable("size", "t.size", Type.NUMBER)
            .nullable("seen", "t.seen", Type.TIME).nullable("note", "t.note", Type.TEXT)
            .column("good", "t.good", Type.BOOLEAN).key("id").order("name").build();

    private Catalog catalog;

    @BeforeEach
    void open(TestDatabase database) {
        catalog = TestCatalogs.open(database);
        catalog.run(handle -> {
            handle.execute("create table things (id uuid primary key, name varchar(50) not null, size bigint, "
                    + "seen timestamp with time zone, note varchar(50), good boolean not null)");
            // Names repeat, and some columns are empty, so that every page needs the whole order.
            for (int i = 0; i < 40; i++) {
                handle.createUpdate("insert into things values (:id, :name, :size, :seen, :note, :good)")
                        .bind("id", new UUID(i * 7L % 40, i)).bind("name", "name" + i % 6)
                        .bindByType("size", i % 3 == 0 ? null : (Long) (i % 5L - 2), Long.class)
                        .bindByType("seen", i % 4 == 0 ? null : Instant.ofEpochSecond(1_700_000_000L + i % 7, 123_000),
                                Instant.class)
                        .bindByType("note", i % 5 == 0 ? null : "100%_" + i, String.class).bind("good", i % 2 == 0)
                        .execute();
            }
        });
    }

    @EveryDatabase
    void pagesHoldEachRowOnceInEveryOrder() {
        for (String sort : List.of("", "name", "-name", "size", "-size", "seen,-name", "-seen,size", "note", "-note",
                "good,-size,name", "-id")) {
            List<String> whole = names(new ListRequest(1000, null, sort, List.of()));
            for (int limit : new int[] { 1, 3, 7, 39, 40 }) {
                List<String> pieces = new ArrayList<>();
                ListRequest request = new ListRequest(limit, null, sort, List.of());
                Page<String> page = page(request);
                pieces.addAll(page.items());
                while (page.next() != null) {
                    assertEquals(40, page.total());
                    page = page(request.from(page.next()));
                    pieces.addAll(page.items());
                }
                assertEquals(whole, pieces, sort + " by " + limit);
            }
        }
    }

    @EveryDatabase
    void rowsThatComeAndGoNeitherRepeatNorHideOthers() {
        ListRequest request = new ListRequest(10, null, "name", List.of());
        Page<String> first = page(request);
        assertNotNull(first.next());
        catalog.run(handle -> {
            handle.execute("delete from things where name = 'name0'");
            handle.execute("insert into things values (?, 'a', null, null, null, true)", new UUID(99, 99));
        });
        assertEquals(List.of("name1", "name1", "name1", "name1"),
                page(request.from(first.next())).items().subList(0, 4));
    }

    @EveryDatabase
    void filters() {
        assertEquals(7, total("name=name1"));
        assertEquals(14, total("name=name1", "name=name2"));
        assertEquals(33, total("name!=name1"));
        assertEquals(20, total("good=true"));
        assertEquals(7, total("name~=AME1"));
        assertEquals(0, total("name~=ame_"));
        assertEquals(32, total("note~=100%_"));
        assertEquals(0, total("note~=100%%"));
        assertEquals(0, total("name='; drop table things; --"));
        assertEquals(total("size>=0") + total("size<=-1"), total("size>=-2"));
        assertEquals(30, total("seen>=2023-11-14T22:13:20Z"));
        assertEquals(0, total("seen<=2023-11-14T22:13:20+01:00"));
        assertEquals(1, total("id=" + new UUID(7, 1)));
        assertEquals(40, total("note!=x"));
        Page<String> bad = catalog.read(handle -> THINGS.page(handle, "t.good = :good", Map.of("good", false),
                ListRequest.where("name=name1", "name=name2"), (row, context) -> row.getString(1)));
        assertEquals(7, bad.total());
        assertEquals("name1", bad.items().getLast());
    }

    @EveryDatabase
    void refusesWhatIsNotOnTheList() {
        for (ListRequest bad : List.of(new ListRequest(0, null, "", List.of()),
                new ListRequest(1001, null, "", List.of()), new ListRequest(1, null, "secret", List.of()),
                new ListRequest(1, null, "name,", List.of()), new ListRequest(1, null, "name desc", List.of()),
                new ListRequest(1, null, "name,size,seen,note,good", List.of()), ListRequest.where("secret=1"),
                ListRequest.where("name"), ListRequest.where("=x"), ListRequest.where("size=x"),
                ListRequest.where("size=99999999999999999999"), ListRequest.where("seen=yesterday"),
                ListRequest.where("good=1"), ListRequest.where("id=1"), ListRequest.where("name=\u0000"),
                ListRequest.where("name=" + "x".repeat(500)), new ListRequest(1, "???", "", List.of()),
                new ListRequest(1, "x".repeat(9000), "", List.of()), new ListRequest(1, "", "", List.of()),
                new ListRequest(1, page(new ListRequest(1, null, "size", List.of())).next(), "name", List.of()))) {
            HoldfastException e = assertThrows(HoldfastException.class, () -> page(bad), bad.toString());
            assertEquals(Problem.INVALID_REQUEST, e.problem());
        }
    }

    @EveryDatabase
    void theLastPageHasNoNext() {
        assertNull(page(new ListRequest(40, null, "", List.of())).next());
        assertNull(page(ListRequest.where("name=none")).next());
        assertEquals(List.of(), page(ListRequest.where("name=none")).items());
    }

    private long total(String... filters) {
        return page(ListRequest.where(filters)).total();
    }

    private List<String> names(ListRequest request) {
        return page(request).items();
    }

    private Page<String> page(ListRequest request) {
        return catalog.read(handle -> THINGS.page(handle, "", Map.of(), request, (row, context) -> row.getString(1)));
    }
}
