"""Prefixes, pooling and the reranker, on models of a few numbers that are made here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ingest.embed import CrossEncoderReranker, SentenceTransformerEmbedder, prefixes_of
from ingest.errors import ModelUnavailable

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] query passage : de proef kostte geld wat innovatie . ?".split()


def tiny(folder: Path) -> tuple[object, object]:
    from transformers import BertConfig, BertTokenizerFast

    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(WORDS), "utf-8")
    size = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    return BertConfig(vocab_size=len(WORDS), num_labels=1, **size), BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=64)


def sentence_model(folder: Path, pooling: str) -> Path:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertModel

    torch.manual_seed(1)
    config, tokenizer = tiny(folder / "bert")
    BertModel(config).save_pretrained(folder / "bert")
    tokenizer.save_pretrained(folder / "bert")
    words = Transformer(str(folder / "bert"))
    made = SentenceTransformer(modules=[words, Pooling(16, pooling_mode=pooling)], device="cpu")
    made.save(str(folder / "multilingual-e5-tiny"))
    made.save(str(folder / "e5-models" / "bge-m3-tiny"))
    return folder


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("intfloat/multilingual-e5-small", "query: ", "passage: "),
        ("clips/e5-small-trm-nl", "query: ", "passage: "),
        ("BAAI/bge-m3", "", ""),
        ("Alibaba-NLP/gte-multilingual-base", "", ""),
        ("hotchpotch/bekko-embedding-v1-a25m", "", ""),
        ("Snowflake/snowflake-arctic-embed-l-v2.0", "query: ", ""),
        ("/models/e5-models/bge-m3", "", ""),
        ("all-MiniLM-L6-v2", "", ""),
    ],
)
def test_prefixes_are_those_of_the_family(name: str, query: str, passage: str) -> None:
    assert prefixes_of(name) == (query, passage)


def test_an_instructed_model_gets_its_instruction() -> None:
    for name in ("intfloat/multilingual-e5-large-instruct", "Qwen/Qwen3-Embedding-0.6B"):
        query, passage = prefixes_of(name)
        assert query.startswith("Instruct: ") and query.endswith("\nQuery: ") and passage == ""


def test_prefix_and_pooling_of_a_model_on_this_machine(tmp_path: Path) -> None:
    mean, first = sentence_model(tmp_path / "a", "mean"), sentence_model(tmp_path / "b", "cls")
    e5 = SentenceTransformerEmbedder(str(mean / "multilingual-e5-tiny"))
    bge = SentenceTransformerEmbedder(str(mean / "e5-models" / "bge-m3-tiny"))
    cls = SentenceTransformerEmbedder(str(first / "e5-models" / "bge-m3-tiny"))
    assert e5.dimension == 16 and np.allclose(np.linalg.norm(e5.queries(["de proef"]), axis=1), 1, atol=1e-5)
    assert np.allclose(e5.queries(["de proef"]), bge.queries(["query: de proef"]), atol=1e-5)
    assert np.allclose(e5.passages(["de proef"]), bge.passages(["passage: de proef"]), atol=1e-5)
    assert not np.allclose(e5.queries(["de proef"]), e5.passages(["de proef"]), atol=1e-3)
    assert not np.allclose(bge.queries(["de proef"]), cls.queries(["de proef"]), atol=1e-3)  # the same weights, pooled otherwise
    assert len({e5.fingerprint, bge.fingerprint}) == 2


def test_a_reranker_scores_between_0_and_1(tmp_path: Path) -> None:
    from transformers import BertForSequenceClassification

    config, tokenizer = tiny(tmp_path / "x")
    BertForSequenceClassification(config).save_pretrained(tmp_path / "reranker")
    tokenizer.save_pretrained(tmp_path / "reranker")
    model = CrossEncoderReranker(str(tmp_path / "reranker"))
    scores = model.scores("wat kostte de proef ?", ["de proef kostte geld .", "innovatie"])
    assert scores.shape == (2,) and (scores > 0).all() and (scores < 1).all() and scores[0] != scores[1]


def test_a_reranker_that_is_not_there_says_which_setting(tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    with pytest.raises(ModelUnavailable) as caught:
        CrossEncoderReranker(str(tmp_path / "leeg")).scores("wat", ["dit"])
    assert "WIJZER_RERANKER" in caught.value.help
