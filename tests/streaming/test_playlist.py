from datetime import UTC, datetime

from streaming.playlist import Playlist, first_number


def playlist(window: float = 4.0) -> Playlist:
    return Playlist(window=window, target=0.5, first=100, timeline=3, most_bytes=10_000)


def add(to: Playlist, *keyframes: bool, run: str = "a", new_run: bool = False) -> None:
    for index, keyframe in enumerate(keyframes):
        to.add(
            uri=f"{run}/{to.next_number}.m4s",
            duration=0.5,
            keyframe=keyframe,
            wall=1_800_000_000.0,
            init=f"{run}/init.mp4",
            new_run=new_run and index == 0,
            size=100,
        )


def lines(of: Playlist, tag: str) -> list[str]:
    return [line for line in of.render().splitlines() if line.startswith(tag)]


def test_it_starts_players_at_the_newest_keyframe() -> None:
    one = playlist()
    add(one, True, False, False, True, False, False)
    assert lines(one, "#EXT-X-START") == ["#EXT-X-START:TIME-OFFSET=-1.500,PRECISE=YES"]


def test_old_segments_leave_and_the_number_of_the_first_goes_up() -> None:
    one = playlist(window=2.0)
    add(one, *[True] * 10)
    assert lines(one, "#EXT-X-MEDIA-SEQUENCE") == ["#EXT-X-MEDIA-SEQUENCE:106"]
    assert len(lines(one, "#EXTINF")) == 4


def test_the_only_keyframe_never_leaves() -> None:
    one = playlist(window=2.0)
    add(one, True, *[False] * 20)
    assert one.render().splitlines()[-1] == "a/120.m4s"
    assert lines(one, "#EXT-X-MEDIA-SEQUENCE") == ["#EXT-X-MEDIA-SEQUENCE:100"]


def test_a_new_run_is_a_discontinuity_with_an_init_of_its_own_and_numbers_go_on() -> None:
    one = playlist(window=2.0)
    add(one, True, True)
    add(one, True, True, run="b", new_run=True)
    text = one.render()
    assert (
        text.index("a/101.m4s")
        < text.index("#EXT-X-DISCONTINUITY\n")
        < text.index("b/init.mp4")
        < text.index("b/102.m4s")
    )
    assert lines(one, "#EXT-X-DISCONTINUITY-SEQUENCE") == ["#EXT-X-DISCONTINUITY-SEQUENCE:3"]
    add(one, *[True] * 4, run="b")
    assert lines(one, "#EXT-X-DISCONTINUITY-SEQUENCE") == ["#EXT-X-DISCONTINUITY-SEQUENCE:4"]


def test_there_is_no_end_tag_since_it_would_end_players_for_good() -> None:
    one = playlist()
    add(one, True)
    assert "ENDLIST" not in one.render()


def test_numbers_made_of_the_time_go_up_faster_than_segments_come_and_fit_31_bits() -> None:
    evening = datetime(2026, 11, 21, tzinfo=UTC).timestamp()
    assert first_number(evening + 60) - first_number(evening) == 600
    assert 0 < first_number(datetime(2032, 1, 1, tzinfo=UTC).timestamp()) < 2**31
