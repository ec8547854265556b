"""The vocabulary of topics: every word leads to one topic, and the wider topics lead to an end."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.rule import At, Context, Finding, nearest, rule
from generator.model import Archive, Topic
from generator.text import fold, tokens

TOPICS = "topics.yml"


def _called(topic: Topic) -> Iterator[tuple[At, str]]:
    """Everything a topic is called, with its place."""
    yield from ((("labels", language), label) for language, label in topic.labels.items())
    for language, synonyms in topic.synonyms.items():
        yield from ((("synonyms", language, index), word) for index, word in enumerate(synonyms))


def _searched(word: str) -> str:
    """The word as the search meets it: æ as ä, ø as ö, without hyphens and capitals."""
    return " ".join(fold(part) for part in tokens(word))


@rule("KK036", of="archive")
def word_in_two_topics(context: Context, archive: Archive) -> Iterator[Finding]:
    """A word is a name of one topic only, whatever its language: else a search for it means two things."""
    owners: dict[str, Topic] = {}
    for topic in archive.topics.values():
        for at, word in _called(topic):
            first = owners.setdefault(_searched(word), topic)
            if first is not topic:
                yield Finding(TOPICS, ("topics", topic.id, *at), {"word": word, "topic": first.id})


@rule("KK037", of="archive")
def topics_in_a_loop(context: Context, archive: Archive) -> Iterator[Finding]:
    """A wider topic exists, and is not in the end narrower than what it is wider than."""
    for topic in archive.topics.values():
        if topic.broader is None:
            continue
        at = ("topics", topic.id, "broader")
        if topic.broader not in archive.topics:
            near = nearest(topic.broader, archive.topics)
            yield Finding(TOPICS, at, {"variant": "unknown", "topic": topic.broader} | near)
        elif (way := _wider(topic, archive))[-1] == topic.id:
            yield Finding(TOPICS, at, {"way": " → ".join(way)})


def _wider(topic: Topic, archive: Archive) -> list[str]:
    """The topic and those it belongs to, until there is no wider one or one comes again."""
    way = [topic.id]
    while (wider := archive.topics[way[-1]].broader) in archive.topics and wider not in way[1:]:
        assert wider is not None
        way.append(wider)
    return way
